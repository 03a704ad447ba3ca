/** `POST /ingest/ID`: articles that a CMS or script sends. The signature is what lets a request in, nothing else. */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { messageOf } from '#src/core/errors.ts';
import type { IngestAnswer } from '#src/core/ingest.ts';
import type { ServerDeps } from '#src/server/deps.ts';
import { plainHeaders, takeRawBodies } from '#src/server/raw-body.ts';
import { createThrottle } from '#src/server/throttle.ts';

const largestBody = 5 * 1024 * 1024;
const path = '/ingest/:id';
type Request = FastifyRequest<{ Params: { id: string } }>;

export function registerIngest(app: FastifyInstance, { ingest, clock, log }: ServerDeps): void {
  if (!ingest) return;
  const throttle = createThrottle({ clock, log, what: 'wrong signatures at /ingest', perAddress: 60, everywhere: 600 });
  app.register(async (scope) => {
    takeRawBodies(scope, largestBody);
    scope.setErrorHandler((error: FastifyError, _request, reply) => {
      if (error.statusCode === 413)
        return refuse(reply, 413, error.message, 'Send photos as addresses, and fewer articles at once.');
      throw error;
    });

    scope.post(path, {
      async onRequest(request: Request, reply) {
        reply.header('cache-control', 'no-store');
        // The same whether there is no such source, or it takes nothing.
        if (!ingest.takes(request.params.id)) return refuse(reply, 404, 'nothing is taken here', null);
        const wait = throttle.wait(request.ip);
        if (wait > 0) return refuse(reply.header('retry-after', wait), 429, 'too many wrong signatures', null);
        const mistake = typeMistake(request);
        if (mistake)
          return refuse(reply, 415, mistake, 'Send Content-Type: application/json, or text/html for a whole page.');
      },
      async handler(request: Request, reply) {
        const { params, headers, ip, body } = request;
        let answer: IngestAnswer;
        try {
          const given = body instanceof Uint8Array ? body : new Uint8Array();
          answer = await ingest.take(params.id, { headers: plainHeaders(headers), body: given, from: ip });
        } catch (error) {
          log.error(`what was sent to /ingest/${params.id} could not be written down`, { error: messageOf(error) });
          return refuse(
            reply.header('retry-after', 30),
            503,
            'it cannot be kept just now',
            'Send the same request again in half a minute.',
          );
        }
        if (answer.kind === 'taken')
          return reply.code(202).send({ articles: answer.articles, repeated: answer.repeated });
        if (answer.kind === 'refused') return refuse(reply, 400, answer.reason, answer.next);
        throttle.countWrong(ip);
        return refuse(reply, 401, 'the signature is missing, wrong or too old', 'The log of Loa says why.');
      },
    });
    scope.route({
      method: ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
      url: path,
      onRequest: async (_request, reply) =>
        refuse(reply.header('allow', 'POST'), 405, 'articles are sent by POST', null),
      handler: () => {},
    });
  });
}

function typeMistake({ headers }: FastifyRequest): string | null {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') return 'the body is compressed';
  const [type = ''] = (headers['content-type'] ?? '').toLowerCase().split(';');
  if (/^\s*(application\/json|application\/[\w.+-]+\+json|text\/html|application\/xhtml\+xml)\s*$/.test(type))
    return null;
  return type ? 'the body is neither JSON nor HTML' : 'there is no Content-Type';
}

function refuse(reply: FastifyReply, status: number, error: string, next: string | null): FastifyReply {
  return reply.code(status).send({ error, ...(next && { next }) });
}
