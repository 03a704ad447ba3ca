import type { FastifyInstance } from 'fastify';

/** Bodies of HTML forms, as objects of text, for the routes registered here. */
export function takeForms(routes: FastifyInstance, bodyLimit: number): void {
  routes.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit }, (_, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
}
