/** For whatever watches this process: `/healthz` says that it lives, `/readyz` that every part does its work. */
import type { FastifyInstance } from 'fastify';
import { messageOf } from '#src/core/errors.ts';
import type { HealthCheck, ServerDeps } from '#src/server/deps.ts';
import type { Ledger } from '#src/stores/ledger.ts';

export function registerHealth(app: FastifyInstance, { ledger, health = () => checkLedger(ledger) }: ServerDeps): void {
  const fresh = { 'cache-control': 'no-store' };
  app.get('/healthz', (_, reply) => reply.headers(fresh).send({ status: 'ok' }));
  app.get('/readyz', async (_, reply) => {
    const checks = await health().catch((error) => [{ name: 'checks', ok: false, detail: messageOf(error) }]);
    const ok = checks.every((check) => check.ok);
    return reply
      .code(ok ? 200 : 503)
      .headers(fresh)
      .send({ status: ok ? 'ok' : 'not ready', checks });
  });
}

async function checkLedger(ledger: Ledger): Promise<HealthCheck[]> {
  await ledger.articles.count();
  return [{ name: 'ledger', ok: true, detail: null }];
}
