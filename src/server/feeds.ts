/** Feeds for readers, from memory as long as they are the newest. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { feedFileName, feedPath } from '#src/core/feed-file.ts';
import type { ServerDeps } from '#src/server/deps.ts';
import { answerUnchanged, answerWhole, feedHeaders, hasIt } from '#src/server/feed-answer.ts';
import { createFeedShelf, type FeedShelf } from '#src/server/feed-shelf.ts';
import { hostCheck } from '#src/server/hosts.ts';
import { chooseEncoding } from '#src/server/negotiate.ts';

export interface Feeds {
  /** Answers what can be answered at once; true when it did. The most frequent requests by far, and most end here. */
  answerAtOnce(request: IncomingMessage, response: ServerResponse): boolean;
  /** The routes, for everything else. */
  register(app: FastifyInstance): void;
}

export function createFeeds({ settings, formats, files, clock }: ServerDeps): Feeds {
  const shelf = createFeedShelf(files, clock);
  const isOurs = hostCheck(settings.publicUrl);
  // No part of a request ever becomes a file name.
  const feeds = new Map<string, ServedFeed>();
  for (const { id } of settings.feeds) {
    for (const format of formats) {
      const path = feedPath(id, format.name);
      feeds.set(path, {
        name: feedFileName(id, format.name),
        self: `<${new URL(settings.publicUrl + path).href}>; rel="self"`,
      });
    }
  }
  return {
    answerAtOnce(request, response) {
      if (request.method !== 'GET' || !isOurs(request.headers.host)) return false;
      const feed = feeds.get(request.url ?? '');
      const file = feed && shelf.known(feed.name);
      if (!file) return false;
      const answered = { file, self: feed.self };
      if (hasIt(request, file)) {
        answerUnchanged(answered, response);
        return true;
      }
      const encoding = chooseEncoding(request.headers['accept-encoding']);
      const bytes = shelf.held(file, encoding);
      if (bytes) answerWhole(answered, { encoding, bytes }, request, response);
      return bytes !== undefined;
    },
    register(app) {
      for (const [url, feed] of feeds) registerFeed(app, url, feed, shelf);
    },
  };
}

interface ServedFeed {
  /** Of its pointer. */
  name: string;
  /** Value of the header `Link`. */
  self: string;
}

function registerFeed(app: FastifyInstance, url: string, feed: ServedFeed, shelf: FeedShelf): void {
  app.route({
    method: ['GET', 'HEAD'],
    url,
    handler: (request, reply) => sendFromDisk(feed, shelf, request, reply),
  });
  app.options(url, (_, reply) => {
    const methods = { 'access-control-allow-methods': 'GET, HEAD, OPTIONS', 'access-control-allow-headers': '*' };
    return reply
      .code(204)
      .headers({ ...feedHeaders, ...methods })
      .send();
  });
}

async function sendFromDisk(
  { name, self }: ServedFeed,
  shelf: FeedShelf,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { raw } = request;
  // Once more for the rare reader who held a pointer while the feed was built twice.
  for (let look = 0; look < 2; look++) {
    const file = await shelf.look(name);
    if (!file) break;
    if (hasIt(raw, file)) {
      answerUnchanged({ file, self }, reply.hijack().raw);
      return reply;
    }
    const encoding = chooseEncoding(raw.headers['accept-encoding']);
    const bytes = await shelf.bytes(file, encoding);
    if (!bytes) continue;
    answerWhole({ file, self }, { encoding, bytes }, raw, reply.hijack().raw);
    return reply;
  }
  reply.headers({ ...feedHeaders, 'retry-after': '10', 'cache-control': 'no-store' });
  reply.code(503).type('text/plain; charset=utf-8');
  return reply.send('This feed is being built for the first time. Try again in a few seconds.\n');
}
