/** Feeds for readers: the bytes as they were built, and a 304 for whoever has them. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type FeedEncoding, type FeedFile, feedBlobName, feedFileName, feedPath } from '#src/core/feed-file.ts';
import type { ServerDeps } from '#src/server/deps.ts';
import { chooseEncoding, isUnchanged } from '#src/server/negotiate.ts';
import type { FileStore } from '#src/stores/files.ts';

const contentEncodings: Readonly<Record<FeedEncoding, string | null>> = { raw: null, br: 'br', gz: 'gzip' };

/** One route per feed and format: no part of a request ever becomes a file name. */
export function registerFeeds(app: FastifyInstance, { settings, formats, files }: ServerDeps): void {
  for (const { id } of settings.feeds) {
    for (const format of formats) {
      const path = feedPath(id, format.name);
      const self = `<${settings.publicUrl}${path}>; rel="self"`;
      app.route({
        method: ['GET', 'HEAD'],
        url: path,
        handler: (request, reply) => sendFeed(feedFileName(id, format.name), self, files, request, reply),
      });
      app.options(path, (_, reply) => {
        const methods = { 'access-control-allow-methods': 'GET, HEAD, OPTIONS', 'access-control-allow-headers': '*' };
        return reply
          .code(204)
          .headers({ ...sharing, ...methods })
          .send();
      });
    }
  }
}

/** Any page may read a feed. */
const sharing = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'ETag, Last-Modified, Link',
  'cross-origin-resource-policy': 'cross-origin',
};

async function sendFeed(name: string, self: string, files: FileStore, request: FastifyRequest, reply: FastifyReply) {
  reply.headers({ ...sharing, vary: 'Accept-Encoding' });
  // Once more for the rare reader who held a pointer while the feed was built twice.
  for (let look = 0; look < 2; look++) {
    const file = await readPointer(files, name);
    if (!file) break;
    if (await answerWith(file, self, files, request, reply)) return reply;
  }
  reply.code(503).headers({ 'retry-after': '10', 'cache-control': 'no-store' }).type('text/plain; charset=utf-8');
  return reply.send('This feed is being built for the first time. Try again in a few seconds.\n');
}

/** False when the bytes are gone meanwhile. */
async function answerWith(
  file: FeedFile,
  self: string,
  files: FileStore,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<boolean> {
  const { headers } = request;
  const conditions = { ifNoneMatch: headers['if-none-match'], ifModifiedSince: headers['if-modified-since'] };
  const unchanged = isUnchanged(conditions, file.etag, file.lastModified);
  const encoding = chooseEncoding(headers['accept-encoding']);
  const bytes = unchanged || request.method === 'HEAD' ? null : await files.read(feedBlobName(file.blob, encoding));
  const size = bytes?.length ?? (unchanged ? 0 : (await files.info(feedBlobName(file.blob, encoding)))?.bytes);
  if (size === undefined) return false;

  reply.headers({
    etag: file.etag,
    'cache-control': 'public, max-age=300, stale-while-revalidate=600, stale-if-error=86400',
    link: self,
    ...(file.lastModified && { 'last-modified': new Date(file.lastModified).toUTCString() }),
  });
  if (unchanged) {
    reply.code(304).send();
    return true;
  }
  const contentEncoding = contentEncodings[encoding];
  if (contentEncoding) reply.header('content-encoding', contentEncoding);
  reply.header('content-type', file.contentType).header('content-length', size);
  reply.send(bytes ?? undefined);
  return true;
}

async function readPointer(files: FileStore, name: string): Promise<FeedFile | null> {
  const content = await files.read(name);
  return content && JSON.parse(content.toString());
}
