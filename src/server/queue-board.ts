/** Bull Board at `/console/queues`, for whoever watches the queues; behind the sign-in, as all of the console. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { ServerDeps } from '#src/server/deps.ts';
import { contentPolicy } from '#src/server/guards.ts';
import type { BoardQueues } from '#src/server/open-queue-board.ts';

const queueBoardPath = '/console/queues';

/** Its pages name their own base, and put styles and pictures into themselves; nothing comes from elsewhere. */
const policy = contentPolicy({
  'base-uri': "'self'",
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' data:",
});

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** It is loaded when somebody first looks: with its own BullMQ it takes memory that a worker alone need not have. */
export function registerQueueBoard(app: FastifyInstance, { board, log }: ServerDeps): void {
  if (!board) return;
  let opening: Promise<Answer> | null = null;
  const open = (queues: BoardQueues): Promise<Answer> => {
    opening ??= import('#src/server/open-queue-board.ts').then(({ openQueueBoard }) =>
      openQueueBoard(queues, queueBoardPath),
    );
    return opening;
  };

  app.register(async (routes) => {
    routes.addHook('onRequest', async (_, reply) => void reply.header('content-security-policy', policy));
    // The board reads bodies itself.
    routes.removeAllContentTypeParsers();
    routes.addContentTypeParser('*', (_request, _payload, done) => done(null));
    routes.get(queueBoardPath, (_, reply) => reply.redirect(`${queueBoardPath}/`, 308));
    routes.all(`${queueBoardPath}/*`, async (request, reply) => {
      const answer = await open(board).catch((error) => {
        opening = null;
        log.error('the page of the queues could not be loaded', { error });
        throw error;
      });
      reply.hijack();
      for (const [name, value] of Object.entries(reply.getHeaders())) {
        if (value !== undefined) reply.raw.setHeader(name, value);
      }
      answer(request.raw, reply.raw);
    });
  });
}
