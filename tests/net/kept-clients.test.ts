import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createHttp, type HttpClient } from '#src/net/http-client.ts';
import { manualClock } from '#tests/fakes/manual-clock.ts';

let server: Server;
let sockets: Socket[];
let http: HttpClient;
let url: string;
let asked: string[];

beforeEach(async () => {
  sockets = [];
  asked = [];
  server = createServer((request, response) => {
    asked.push(request.url!);
    if (request.url === '/cut' && asked.length === 2) request.socket.destroy();
    else response.end('ok');
  });
  server.on('connection', (socket) => void sockets.push(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  http = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'x', clock: manualClock(), keepConnections: true });
});

afterEach(async () => {
  await http.close();
  server.closeAllConnections();
  server.close();
});

const ask = (path: string, more = {}) => http.request({ url: url + path, maxBytes: 100, ...more });

it('one request after another uses the same connection', async () => {
  for (let n = 0; n < 5; n++) expect((await ask('/')).status).toBe(200);
  expect(sockets).toHaveLength(1);
});

it('requests at the same time have one each', async () => {
  await Promise.all([ask('/'), ask('/'), ask('/')]);
  expect(sockets.length).toBeGreaterThan(1);
});

it('a connection that was closed meanwhile is replaced, and the question asked again', async () => {
  await ask('/');
  expect((await ask('/cut')).status).toBe(200);
  expect([sockets.length, asked]).toEqual([2, ['/', '/cut', '/cut']]);
});

it('what may not be asked twice has a connection of its own', async () => {
  await ask('/');
  await ask('/', { method: 'POST', body: 'x' });
  expect(sockets).toHaveLength(2);
});

it('an address that is not allowed is refused on a kept client too', async () => {
  const strict = createHttp({ allow: [], userAgent: 'x', clock: manualClock(), keepConnections: true });
  for (let n = 0; n < 2; n++) {
    await expect(strict.request({ url, maxBytes: 1, operatorUrl: true })).rejects.toMatchObject({ kind: 'blocked' });
  }
  expect(asked).toEqual([]);
  await strict.close();
});
