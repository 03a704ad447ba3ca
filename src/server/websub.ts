/** `/websub/SOURCE-ID/TOKEN`: where hubs ask whether a subscription is ours, and bring what changed. The token lets them in. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ServerDeps } from '#src/server/deps.ts';
import { plainHeaders, takeRawBodies } from '#src/server/raw-body.ts';
import { createThrottle } from '#src/server/throttle.ts';

const largestDelivery = 15 * 1024 * 1024;
const path = '/websub/:id/:token';
type Request = FastifyRequest<{ Params: { id: string; token: string } }>;

export function registerWebsub(app: FastifyInstance, { websub, clock, log }: ServerDeps): void {
  if (!websub) return;
  const throttle = createThrottle({
    clock,
    log,
    what: 'wrong addresses at /websub',
    perAddress: 300,
    everywhere: 3000,
  });
  app.register(async (scope) => {
    takeRawBodies(scope, largestDelivery);
    // Each costs a look into the ledger.
    scope.addHook('onRequest', async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const wait = throttle.wait(request.ip);
      if (wait > 0) return reply.code(429).header('retry-after', wait).send({ error: 'too many wrong addresses' });
    });
    scope.addHook('onSend', async (request, { statusCode }) => {
      if (statusCode === 404 || statusCode === 410) throttle.countWrong(request.ip);
    });

    scope.get(path, {
      exposeHeadRoute: false,
      async handler({ params, query }: Request, reply) {
        const answer = await websub.verify(params.id, params.token, query as Record<string, unknown>);
        if (answer === null) return reply.code(404).send({ error: 'nobody here asked for that' });
        // As text: what stands in a challenge is the asker's choice.
        return reply.type('text/plain; charset=utf-8').send(answer);
      },
    });

    scope.post(path, {
      async onRequest({ params }: Request, reply) {
        // Before the body is read. 410 tells a hub to stop.
        if (!(await websub.knows(params.id, params.token)))
          return reply.code(410).send({ error: 'this subscription has ended' });
      },
      async handler({ params, headers, body }: Request, reply) {
        const bytes = body instanceof Uint8Array ? body : new Uint8Array();
        await websub.take(params.id, params.token, { headers: plainHeaders(headers), body: bytes });
        return reply.code(202).send();
      },
    });

    scope.route({
      method: ['HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
      url: path,
      onRequest: async (_request, reply) => reply.code(405).header('allow', 'GET, POST').send(),
      handler: () => {},
    });
  });
}
