/** The least server that answers as ours does: the bytes in memory, one tag to compare. In a process of its own. */
import { createServer, type OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface BareAnswers {
  etag: string;
  headers: OutgoingHttpHeaders;
  /** Base64. */
  body: string;
  /** Of the 304. */
  shortHeaders: OutgoingHttpHeaders;
}

process.once('message', ({ etag, headers, body, shortHeaders }: BareAnswers) => {
  const bytes = Buffer.from(body, 'base64');
  const server = createServer((request, response) => {
    if (request.headers['if-none-match'] === etag) response.writeHead(304, shortHeaders).end();
    else response.writeHead(200, headers).end(bytes);
  });
  server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
});
process.once('disconnect', () => process.exit());
