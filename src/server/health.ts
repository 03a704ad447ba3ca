/** For whatever watches this process: `/healthz` says that it lives, `/readyz` that readers can be served. */
import type { FastifyInstance } from 'fastify';
import { messageOf } from '#src/core/errors.ts';
import type { HealthCheck, ServerDeps } from '#src/server/deps.ts';
import { isDirect } from '#src/server/hosts.ts';
import type { Ledger } from '#src/stores/ledger.ts';

export function registerHealth(app: FastifyInstance, { ledger, health = () => checkLedger(ledger) }: ServerDeps): void {
  const fresh = { 'cache-control': 'no-store' };
  app.get('/healthz', (_, reply) => reply.headers(fresh).send({ status: 'ok' }));
  app.get('/readyz', async (request, reply) => {
    const checks = await health().catch((error) => [{ name: 'checks', ok: false, detail: messageOf(error) }]);
    // Hosts and paths are nothing for whoever asks from elsewhere.
    const shown = isDirect(request) ? checks : checks.map(({ name, ok }) => ({ name, ok }));
    const ok = checks.every((check) => check.ok);
    return reply
      .code(ok ? 200 : 503)
      .headers(fresh)
      .send({ status: ok ? 'ok' : 'not ready', checks: shown });
  });
}

async function checkLedger(ledger: Ledger): Promise<HealthCheck[]> {
  await ledger.articles.count();
  return [{ name: 'ledger', ok: true, detail: null }];
}
