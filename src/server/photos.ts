/** Renditions: named by what they hold, so they never change. */
import type { FastifyInstance } from 'fastify';
import { contentTypes } from '#src/core/rendition.ts';
import type { ServerDeps } from '#src/server/deps.ts';

const types: Readonly<Record<string, string>> = {
  jpg: contentTypes.jpeg,
  webp: contentTypes.webp,
  avif: contentTypes.avif,
};

export function registerPhotos(app: FastifyInstance, { files }: ServerDeps): void {
  app.route<{ Params: { hash: string; file: string } }>({
    method: ['GET', 'HEAD'],
    url: '/photos/:hash/:file',
    async handler(request, reply) {
      const { hash, file } = request.params;
      const match = /^(?:[1-9]\d{0,4}|card|fit-[0-9a-f]{12})\.(jpg|webp|avif)$/.exec(file);
      // What becomes a file name is only ever hexadecimal, a width or a second hash, and one of three endings.
      if (!match || !/^[0-9a-f]{16,64}$/.test(hash)) return reply.callNotFound();
      const name = `photos/${hash}/${file}`;
      const etag = `"${hash}-${file}"`;
      const opened = await files.info(name);
      if (!opened) return reply.callNotFound();

      reply.headers({
        etag,
        'cache-control': 'public, max-age=31536000, immutable',
        'access-control-allow-origin': '*',
        'cross-origin-resource-policy': 'cross-origin',
      });
      if (request.headers['if-none-match']?.includes(etag)) return reply.code(304).send();
      reply.header('content-type', types[match[1]!]).header('content-length', opened.bytes);
      if (request.method === 'HEAD') return reply.send();
      const content = await files.open(name);
      return content ? reply.send(content.stream) : reply.removeHeader('content-length').callNotFound();
    },
  });
}
