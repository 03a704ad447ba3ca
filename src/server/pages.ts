/** Pages for people, made elsewhere. */
import type { FastifyInstance } from 'fastify';
import type { Access } from '#src/server/access.ts';
import { takeNotice } from '#src/server/actions.ts';
import type { ServerDeps } from '#src/server/deps.ts';

export function registerPages(app: FastifyInstance, { pages }: ServerDeps, access: Access): void {
  app.get('/', async (request, reply) => reply.redirect((await access.isSignedIn(request)) ? '/console' : '/feeds'));
  for (const page of pages.pages) {
    app.get<{ Params: Record<string, string> }>(page.path, async (request, reply) => {
      const visitor = await access.visitor(request, reply);
      // Those at other addresses than the console's too.
      if (page.operator && !visitor.isOperator) return reply.callNotFound();
      const notice = page.operator ? takeNotice(request, reply) : null;
      const { status, contentType, body } = await page.respond(request.params, { ...visitor, notice });
      const caching = page.operator ? 'no-store' : visitor.isOperator ? 'private, no-cache' : 'no-cache';
      return reply.code(status).header('cache-control', caching).type(contentType).send(body);
    });
  }
}
