/** `/metrics`: for this machine without more ado, for others with the token in `data/metrics-token` or a session. */
import type { FastifyInstance } from 'fastify';
import type { Access } from '#src/server/access.ts';
import { bearerToken, isSameSecret } from '#src/server/bearer.ts';
import type { ServerDeps } from '#src/server/deps.ts';
import { isDirect } from '#src/server/hosts.ts';

export function registerMetrics(app: FastifyInstance, { metrics }: ServerDeps, access: Access): void {
  if (!metrics) return;
  app.get('/metrics', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const given = bearerToken(request);
    const isAllowed =
      given === null ? isDirect(request) || (await access.isSignedIn(request)) : isSameSecret(given, metrics.token);
    if (!isAllowed) {
      reply.code(401).header('www-authenticate', 'Bearer realm="metrics"').type('text/plain; charset=utf-8');
      return reply.send('From another machine this needs the token in data/metrics-token, as a bearer token.\n');
    }
    const { contentType, text } = await metrics.read();
    return reply.type(contentType).send(text);
  });
}
