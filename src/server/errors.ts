/** What is said when there is nothing at an address, or when something broke. */
import type { FastifyInstance } from 'fastify';
import { messageOf, UserError } from '#src/core/errors.ts';
import type { Access } from '#src/server/access.ts';
import type { ServerDeps } from '#src/server/deps.ts';

export function registerErrors(app: FastifyInstance, { log, pages }: ServerDeps, access: Access): void {
  app.setNotFoundHandler(async (request, reply) => {
    if (request.url.startsWith('/api/')) return reply.code(404).send({ error: 'There is no such API route' });
    const page = await pages.notFound(await access.visitor(request, reply));
    return reply.code(404).type(page.contentType).send(page.body);
  });

  app.setErrorHandler((error, request, reply) => {
    if (error instanceof UserError) return reply.code(422).send({ error: error.message, next: error.next });
    const { statusCode = 500 } = error as { statusCode?: number };
    if (statusCode < 500) return reply.code(statusCode).send({ error: messageOf(error) });
    log.error('a request failed', { method: request.method, path: request.routeOptions.url, error: messageOf(error) });
    // Readers back off for what Retry-After says and come again.
    const retry = reply.code(503).header('retry-after', '30').header('cache-control', 'no-store');
    return retry.send({ error: 'Something went wrong here; the log says what. Try again in a moment.' });
  });
}
