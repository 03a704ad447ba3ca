/** Requests of machines that sign what they send: every byte counts. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Of a body that is too large this much is still read and dropped, so that its sender gets to read why it is refused. */
const mostDropped = 128 * 1024 * 1024;

/** Nobody has shown yet that they may send: all large bodies under way together take no more than this. */
const mostHeld = 128 * 1024 * 1024;
const small = 128 * 1024;

/** Bodies of all types as they came, below this scope; a longer one is answered 413, one too many 503. */
export function takeRawBodies(scope: FastifyInstance, largest: number): void {
  let held = 0;

  /** In one piece from the beginning: sent byte by byte it would take hundreds of times its size in pieces. */
  async function read(payload: IncomingMessage): Promise<Buffer> {
    let body = Buffer.alloc(0);
    const grow = (size: number): void => {
      if (size > small && held + size - body.length > mostHeld) throw new BodyRefused(503, 'too much is sent at once');
      held += size - body.length;
      body = Buffer.concat([body], size);
    };
    let length = 0;
    try {
      for await (const chunk of payload as AsyncIterable<Buffer>) {
        const end = length + chunk.length;
        if (end > largest) grow(0);
        else if (end > body.length) grow(Math.min(largest, Math.max(end, body.length * 2)));
        chunk.copy(body, length);
        length = end;
        if (length > mostDropped) break;
      }
    } finally {
      held -= body.length;
    }
    if (length > largest) throw new BodyRefused(413, `the body is larger than ${largest / 1024 / 1024} MiB`);
    return body.subarray(0, length);
  }

  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request: FastifyRequest, payload: IncomingMessage) => read(payload));
}

class BodyRefused extends Error {
  readonly statusCode: number;

  constructor(statusCode: number, message: string) {
    super(message);
    this.statusCode = statusCode;
  }
}

/** Names in lower case; repeated ones joined. */
export function plainHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const plain = Object.entries(headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : (value ?? ''),
  ]);
  return Object.fromEntries(plain);
}
