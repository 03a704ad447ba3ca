/** A thousand newsrooms' feeds, each at an address of its own (127.x.y.z), in a process of its own. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Of which every message says the new ones: all feeds whose number it divides have news. */
let versions = { every: 0, version: 0 };
const changedAt = new Map<string, number>();

const paragraph = 'Công trình gồm hai máy bơm và 4,2 ki-lô-mét ống dẫn, làm trong bảy tháng. ';
const startAt = Date.UTC(2026, 10, 25, 8);

const server = createServer((request, response) => {
  if (request.url === '/large') {
    response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(large);
    return;
  }
  const number = Number(request.url?.slice(1)) || 0;
  const key = String(number);
  const version = versions.every > 0 && number % versions.every === 0 ? versions.version : (changedAt.get(key) ?? 0);
  changedAt.set(key, version);
  const etag = `"${number}-${version}"`;
  if (request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
  else
    response.writeHead(200, { etag, 'content-type': 'application/rss+xml; charset=utf-8' }).end(feed(number, version));
});
// Longer than a round takes: what is measured is polling, not connecting.
server.keepAliveTimeout = 30_000;
server.listen(0, '0.0.0.0', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('message', (message: typeof versions) => {
  versions = message;
});
process.once('disconnect', () => process.exit());

const whole = { items: 1400, sentences: 110 };
const large = Buffer.from(feed(1, 0, whole));

/** Twenty summaries; every fiftieth feed holds whole articles, some 500 kB. */
function feed(number: number, version: number, { items, sentences } = sizeOf(number)): string {
  const all = Array.from({ length: items }, (_, index) => {
    const id = `${number}-${version - index}`;
    const date = new Date(startAt + (version - index) * 600_000).toUTCString();
    const text = paragraph.repeat(sentences);
    return `<item><title>Trạm bơm ${id} cấp nước</title><link>https://bao.example/${id}</link><guid isPermaLink="false">${id}</guid><pubDate>${date}</pubDate><description>${text}</description></item>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Báo ${number}</title><link>https://bao.example/</link>${all.join('\n')}</channel></rss>`;
}

function sizeOf(number: number): typeof whole {
  return number % 50 === 0 ? { items: 50, sentences: 110 } : { items: 20, sentences: 3 };
}
