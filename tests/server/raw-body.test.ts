import { once } from 'node:events';
import { request as send } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import Fastify from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { takeRawBodies } from '#src/server/raw-body.ts';

const mib = 1024 * 1024;

async function serve(largest: number): Promise<number> {
  const app = Fastify();
  app.register(async (scope) => {
    takeRawBodies(scope, largest);
    scope.post('/', async ({ body }) => {
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      return { length: (body as Buffer).length, last: (body as Buffer).at(-1), memory: heapUsed + arrayBuffers };
    });
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => app.close());
  return (app.server.address() as AddressInfo).port;
}

async function post(port: number, body: Buffer): Promise<{ status: number; json: any }> {
  const request = send({ port, host: '127.0.0.1', method: 'POST', headers: { 'content-type': 'a/b' } });
  request.end(body);
  const [response] = await once(request, 'response');
  return { status: response.statusCode, json: JSON.parse(await text(response)) };
}

test('a body is taken as it came, up to the most', async () => {
  const port = await serve(mib);
  for (const length of [0, 1, 200_000, mib]) {
    const { status, json } = await post(port, Buffer.alloc(length, 7));
    expect([status, json.length]).toEqual([200, length]);
  }
  expect(await post(port, Buffer.alloc(mib + 1))).toMatchObject({ status: 413, json: { message: /1 MiB/ } });
});

test('one that is sent byte by byte takes no more room than another', async () => {
  const port = await serve(mib);
  const socket = connect(port, '127.0.0.1');
  const before = process.memoryUsage();
  const chunks = '1\r\nx\r\n'.repeat(200_000);
  socket.write(
    'POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: a/b\r\nTransfer-Encoding: chunked\r\n\r\n',
  );
  socket.write(`${chunks}0\r\n\r\n`);
  const [, json = '{}'] = (await text(socket)).split('\r\n\r\n');
  const { length, last, memory } = JSON.parse(json);
  expect([length, last]).toEqual([200_000, 120]);
  expect(memory - before.heapUsed - before.arrayBuffers).toBeLessThan(30 * mib);
});

test('large ones share what there is, and small ones come through', async () => {
  const port = await serve(50 * mib);
  const halves = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const request = send({ port, host: '127.0.0.1', method: 'POST', headers: { 'content-type': 'a/b' } });
      request.on('error', () => {});
      const status = new Promise((resolve) => request.on('response', (response) => resolve(response.statusCode)));
      await new Promise<void>((resolve) => request.write(Buffer.alloc(40 * mib), () => resolve()));
      return { request, status };
    }),
  );
  expect(await post(port, Buffer.alloc(100_000))).toMatchObject({ status: 200 });
  for (const { request } of halves) request.end();
  const statuses = await Promise.all(halves.map(({ status }) => status));
  expect(statuses).toContain(503);
  expect(statuses).toContain(200);
  expect(await post(port, Buffer.alloc(40 * mib))).toMatchObject({ status: 200 });
});
