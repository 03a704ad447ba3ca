/** Pages for people, made elsewhere. */
import type { FastifyInstance } from 'fastify';
import type { ServerDeps } from '#src/server/deps.ts';
import { isDirect } from '#src/server/guards.ts';
import { languagesOf } from '#src/server/language.ts';

export function registerPages(app: FastifyInstance, { pages }: ServerDeps): void {
  app.get('/', (request, reply) => reply.redirect(isDirect(request) ? '/console' : '/feeds'));
  for (const page of pages.pages) {
    app.get<{ Params: Record<string, string> }>(page.path, async (request, reply) => {
      // Without sign-in the console is for whoever sits at this machine.
      const isOperator = isDirect(request);
      if (page.operator && !isOperator) return reply.callNotFound();
      const { status, contentType, body } = await page.respond(request.params, {
        isOperator,
        languages: languagesOf(request, reply),
      });
      return reply.code(status).header('cache-control', 'no-cache').type(contentType).send(body);
    });
  }
}
