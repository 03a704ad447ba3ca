/**
 * `/channels/CHANNEL-ID/…`: pages of channels for readers, such as the one that leads out of a mailing list. What stands
 * in the address lets a request in: readers' mail services send it, without a cookie, from wherever they are.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ServerDeps } from '#src/server/deps.ts';
import { takeForms } from '#src/server/forms.ts';
import { createThrottle } from '#src/server/throttle.ts';

const largestForm = 64 * 1024;

export function registerChannelRoutes(app: FastifyInstance, { channelPages = [], clock, log }: ServerDeps): void {
  const throttle = createThrottle({ clock, log, what: 'wrong links at /channels', perAddress: 60, everywhere: 600 });
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    takeForms(scope, largestForm);
    // Whatever else is sent is no form: the address says all.
    scope.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: largestForm },
      async (request: FastifyRequest, body: Buffer) => fieldsOf(request.headers['content-type'] ?? '', body),
    );
    scope.addHook('onRequest', async (_request, reply) => {
      reply.headers({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex' });
    });
    scope.addHook('onSend', async (request, { statusCode }) => {
      if (statusCode === 404) throttle.countWrong(request.ip);
    });
    for (const { channelId, method, path, run } of channelPages) {
      scope.route({
        method,
        url: `/channels/${channelId}${path}`,
        async handler({ params, body, ip }, reply) {
          const answer = await run({
            parameters: params as Record<string, string>,
            body: (body ?? {}) as Record<string, string>,
          });
          // Asked after: behind one proxy a guesser must not keep readers from leaving.
          const wait = answer.status === 404 ? throttle.wait(ip) : 0;
          if (wait > 0) return reply.code(429).header('retry-after', wait).send({ error: 'too many wrong links' });
          return reply.code(answer.status).type('text/html; charset=utf-8').send(answer.html);
        },
      });
    }
  });
}

/** Of `multipart/form-data`, text alone; nothing where it cannot be read. */
async function fieldsOf(contentType: string, body: Buffer): Promise<Record<string, string>> {
  if (!/^multipart\/form-data\b/i.test(contentType)) return {};
  try {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
    return Object.fromEntries([...form].filter((field): field is [string, string] => typeof field[1] === 'string'));
  } catch {
    return {};
  }
}
