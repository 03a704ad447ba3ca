/** Requests of machines that sign what they send: every byte counts. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Of a body that is too large this much is still read and dropped, so that its sender gets to read why it is refused. */
const mostDropped = 128 * 1024 * 1024;

/** Bodies of all types as they came, below this scope; a longer one is answered 413. */
export function takeRawBodies(scope: FastifyInstance, largest: number): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request: FastifyRequest, payload: IncomingMessage) => readBody(payload, largest));
}

class BodyTooLarge extends Error {
  readonly statusCode = 413;
}

async function readBody(payload: IncomingMessage, largest: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of payload as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= largest) chunks.push(chunk);
    else chunks.length = 0;
    if (length > mostDropped) break;
  }
  if (length > largest) throw new BodyTooLarge(`the body is larger than ${largest / 1024 / 1024} MiB`);
  return Buffer.concat(chunks, length);
}

/** Names in lower case; repeated ones joined. */
export function plainHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const plain = Object.entries(headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : (value ?? ''),
  ]);
  return Object.fromEntries(plain);
}
