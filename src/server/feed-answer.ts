/** What a reader of a feed is sent: a 304 for whoever has it, else the bytes as they were built. */
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { FeedEncoding, FeedFile } from '#src/core/feed-file.ts';
import { securityHeaders } from '#src/server/guards.ts';
import { isUnchanged } from '#src/server/negotiate.ts';

const contentEncodings: Readonly<Record<FeedEncoding, string | null>> = { raw: null, br: 'br', gz: 'gzip' };

/** Of everything that stands at a feed's address: any page may read it. */
export const feedHeaders: Readonly<Record<string, string>> = {
  ...securityHeaders,
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'ETag, Last-Modified, Link',
  'cross-origin-resource-policy': 'cross-origin',
  vary: 'Accept-Encoding',
};

export interface AnsweredFeed {
  file: FeedFile;
  /** Value of the header `Link`. */
  self: string;
}

/** Needs none of the feed's bytes. */
export function answerUnchanged(feed: AnsweredFeed, response: ServerResponse): void {
  response.writeHead(304, headersOf(feed).unchanged).end();
}

export function answerWhole(
  feed: AnsweredFeed,
  { encoding, bytes }: { encoding: FeedEncoding; bytes: Buffer },
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const headers = headersOf(feed);
  headers[encoding] ??= wholeHeaders(headers.unchanged, feed.file.contentType, encoding, bytes.length);
  response.writeHead(200, headers[encoding]).end(request.method === 'HEAD' ? undefined : bytes);
}

/** Whether a 304 is the answer. */
export function hasIt({ headers }: IncomingMessage, { etag, lastModified }: FeedFile): boolean {
  const conditions = { ifNoneMatch: headers['if-none-match'], ifModifiedSince: headers['if-modified-since'] };
  return isUnchanged(conditions, etag, lastModified);
}

type Written = { unchanged: OutgoingHttpHeaders } & Partial<Record<FeedEncoding, OutgoingHttpHeaders>>;

/** The same for every reader until the feed is built again. */
const written = new WeakMap<FeedFile, Written>();

function headersOf({ file, self }: AnsweredFeed): Written {
  const known = written.get(file);
  if (known) return known;
  const unchanged = {
    ...feedHeaders,
    etag: file.etag,
    'cache-control': 'public, max-age=300, stale-while-revalidate=600, stale-if-error=86400',
    link: self,
    ...(file.lastModified && { 'last-modified': new Date(file.lastModified).toUTCString() }),
  };
  const headers = { unchanged };
  written.set(file, headers);
  return headers;
}

function wholeHeaders(
  unchanged: OutgoingHttpHeaders,
  contentType: string,
  encoding: FeedEncoding,
  length: number,
): OutgoingHttpHeaders {
  const contentEncoding = contentEncodings[encoding];
  return {
    ...unchanged,
    ...(contentEncoding && { 'content-encoding': contentEncoding }),
    'content-type': contentType,
    'content-length': length,
  };
}
