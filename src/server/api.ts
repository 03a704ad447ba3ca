/** `/api/v1`: for the commands on this machine; every request carries the token of this run. */
import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { apiRoutes } from '#src/server/api-routes.ts';
import type { ServerDeps } from '#src/server/deps.ts';
import { isDirect } from '#src/server/guards.ts';

export function registerApi(app: FastifyInstance, deps: ServerDeps): void {
  app.register(async (api) => {
    api.addHook('onRequest', async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const given = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
      if (isDirect(request) && isSame(given, deps.runToken)) return;
      return reply.code(401).send({ error: 'This needs the token of the running worker (data/run.json)' });
    });
    for (const { method, path, run } of [...apiRoutes(deps), ...(deps.api ?? [])]) {
      api.route<{ Params: Record<string, string>; Querystring: Record<string, unknown> }>({
        method,
        url: `/api/v1${path}`,
        async handler(request, reply) {
          const answer = await run({ parameters: request.params, query: request.query, body: request.body ?? null });
          return answer === null
            ? reply.code(404).send({ error: 'There is nothing with that id' })
            : reply.send(answer);
        },
      });
    }
  });
}

/** In constant time, so that the token cannot be guessed letter by letter. */
function isSame(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && b.length > 0 && timingSafeEqual(a, b);
}
