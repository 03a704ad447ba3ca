/** `/api/v1`: for the commands on this machine, with the token of this run, and for whoever is signed in. */
import type { FastifyInstance } from 'fastify';
import { type Access, signInPath } from '#src/server/access.ts';
import { apiRoutes } from '#src/server/api-routes.ts';
import { bearerToken, isSameSecret } from '#src/server/bearer.ts';
import type { ApiRoute, ServerDeps } from '#src/server/deps.ts';
import { isDirect } from '#src/server/hosts.ts';
import { changesSomething, isSameOrigin, refusal } from '#src/server/same-origin.ts';

/** `newSignInPath`: see `Server.signInPath`. */
export function registerApi(
  app: FastifyInstance,
  deps: ServerDeps,
  access: Access,
  newSignInPath: () => Promise<string>,
): void {
  const newLink: ApiRoute = {
    method: 'POST',
    path: '/sign-in-link',
    local: true,
    run: async () => ({ path: await newSignInPath(), publicUrl: deps.settings.publicUrl }),
  };
  app.register(async (api) => {
    for (const { method, path, local, run } of [...apiRoutes(deps), newLink, ...(deps.api ?? [])]) {
      api.route<{ Params: Record<string, string>; Querystring: Record<string, unknown> }>({
        method,
        url: `/api/v1${path}`,
        async onRequest(request, reply) {
          reply.header('cache-control', 'no-store');
          const given = bearerToken(request);
          if (given !== null) {
            if (isDirect(request) && isSameSecret(given, deps.runToken)) return;
            return reply.code(401).send({ error: 'This needs the token of the running worker (data/run.json)' });
          }
          if (local) return reply.code(401).send({ error: 'This is for commands on the machine Loa runs on' });
          if (!(await access.isSignedIn(request))) {
            return reply.code(401).send({ error: `Sign in first, at ${signInPath}` });
          }
          if (changesSomething(request) && !isSameOrigin(request, deps.settings.publicUrl)) {
            return reply.code(403).send({ error: refusal });
          }
        },
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
