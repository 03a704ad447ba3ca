import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { type Served, serve } from '#src/net/serve.ts';

export type Route = (request: IncomingMessage, response: ServerResponse) => void;

export interface FeedServer extends Served {
  /** What was asked, in order. */
  requests: { method: string; path: string; headers: IncomingMessage['headers']; body: string }[];
  /** Sets or replaces what a path answers. */
  on(path: string, route: Route): void;
  /** Resolves once `path` has been asked. */
  asked(path: string): Promise<void>;
}

/** A web site on loopback, over real HTTP; a path without a route answers 404. */
export async function startFeedServer(): Promise<FeedServer> {
  const routes = new Map<string, Route>();
  const requests: FeedServer['requests'] = [];
  const waiting = new Map<string, () => void>();
  const served = await serve((request, response) => {
    const path = request.url ?? '/';
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      requests.push({ method: request.method ?? '', path, headers: request.headers, body });
      (routes.get(path) ?? answer(404, 'nothing here'))(request, response);
      waiting.get(path)?.();
    });
  });
  return {
    ...served,
    requests,
    on: (path, route) => void routes.set(path, route),
    asked: (path) => new Promise((resolve) => waiting.set(path, resolve)),
  };
}

export function answer(status: number, body: string | Uint8Array, headers: Record<string, string> = {}): Route {
  return (_request, response) => void response.writeHead(status, headers).end(body);
}

/** With an ETag: 304 to whoever shows it. */
export function versioned(body: string, headers: Record<string, string> = {}): Route {
  const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 12)}"`;
  return (request, response) => {
    if (request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
    else response.writeHead(200, { 'content-type': 'application/rss+xml', etag, ...headers }).end(body);
  };
}

export function packed(encoding: 'gzip' | 'br' | 'deflate' | 'deflate-raw', body: string | Uint8Array): Route {
  const bytes = { gzip: gzipSync, br: brotliCompressSync, deflate: deflateSync, 'deflate-raw': deflateRawSync }[
    encoding
  ](body);
  return answer(200, bytes, {
    'content-encoding': encoding.replace('-raw', ''),
    'content-type': 'application/rss+xml',
  });
}

/** A few kilobytes on the wire, `mebibytes` once unpacked. */
export function bomb(mebibytes: number): Route {
  return packed('gzip', Buffer.alloc(mebibytes * 1024 * 1024));
}

export function redirect(status: number, location: string): Route {
  return answer(status, '', { location });
}

/** Takes the request and never answers. */
export const silent: Route = () => {};

/** Says it sends more than it does, then hangs up. */
export const brokenOff: Route = (_request, response) => {
  response.writeHead(200, { 'content-length': '1000' });
  response.write('<rss>', () => response.destroy());
};

export const hangUp: Route = (request) => void request.socket.destroy();
