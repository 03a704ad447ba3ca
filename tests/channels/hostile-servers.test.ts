/** Servers that answer without end, on every question of every kind: each ends soon, and nobody takes it for sent. */
import type { ServerResponse } from 'node:http';
import { constants, createGzip } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { channels as kinds } from '#src/channels/registry.ts';
import { HttpFailure } from '#src/core/errors.ts';
import { NotPrepared } from '#src/core/send-result.ts';
import { createHttp } from '#src/net/http-client.ts';
import { type Served, serve } from '#src/net/serve.ts';
import { benches } from '#tests/contracts/channel-benches.ts';
import { fakeChannelTools } from '#tests/fakes/channel-tools.ts';
import { keptToken } from '#tests/fakes/kept-token.ts';
import { manualClock } from '#tests/fakes/manual-clock.ts';
import { someSending } from '#tests/fakes/posts.ts';
import { until } from '#tests/fakes/until.ts';

const asking = kinds.filter(({ kind }) => kind !== 'board' && kind !== 'email').map(({ kind }) => kind);

let server: Served | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

/** Every question that a channel may ask, each answered so. */
async function ask(kind: string, answer: (response: ServerResponse) => void) {
  server = await serve((request, response) => {
    request.resume().on('end', () => answer(response));
  });
  const clock = manualClock();
  const service = await benches[kind]!(clock);
  const given = service.settings as Record<string, unknown>;
  const place = ['service', 'apiRoot', 'baseUrl', 'url'].find((name) => name in given)!;
  const settings = service.channel.settings.parse({ ...given, [place]: server.url });
  await service.close();
  const { channel } = service;
  const http = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'test', clock });
  const token = channel.refresh ? keptToken(channel, settings, { http, clock }) : undefined;
  const tools = fakeChannelTools({ http, clock, ...(token && { token }) });
  const sending = someSending({ remote: { id: '1', url: null } });
  const prepared =
    kind === 'bluesky' ? { repo: 'did:plc:a', rkey: '3aaaaaaaaaaaa', record: '{}', plain: null, files: [] } : null;
  const asked: [string, Promise<unknown>][] = [
    ['check', channel.check(settings, tools)],
    ['publish', channel.publish({ ...sending, prepared, remote: null }, settings, tools)],
    ...(channel.find ? [['find', channel.find(0, settings, tools)] as [string, Promise<unknown>]] : []),
    ...(channel.withdraw
      ? [['withdraw', channel.withdraw({ ...sending, prepared }, settings, tools)] as [string, Promise<unknown>]]
      : []),
  ];
  const ended = asked.map(async ([name, promise]) => [name, await promise.catch((error) => error)] as const);
  return { clock, http, ended: Promise.all(ended) };
}

/** Thrown, or a result that says no more than is known. */
function expectNoSuccess(kind: string, ended: readonly (readonly [string, unknown])[]): void {
  for (const [name, result] of ended) {
    // Of a webhook the status is all that counts.
    const isSent = kind !== 'webhook' && (result as { kind?: string }).kind === 'sent';
    expect(isSent, `${name} on ${kind}: ${JSON.stringify(result)}`).toBe(false);
    if (result instanceof HttpFailure) expect(['too-large', 'timeout', 'aborted', 'bad-answer']).toContain(result.kind);
    else if (result instanceof NotPrepared) expect(result.result.kind).toBe('notSent');
  }
}

describe.each(asking)('%s, before a server that', (kind) => {
  const json = { 'content-type': 'application/json' };

  it('answers with ten megabytes, announced or not', async () => {
    const piece = ' '.repeat(1024 * 1024);
    const { ended, http } = await ask(kind, (response) => {
      response.on('error', () => {});
      response.writeHead(200, json).write('{"filler":"');
      for (let times = 0; times < 10; times++) response.write(piece);
      response.end('"}');
    });
    expectNoSuccess(kind, await ended);
    await http.close();
  });

  it('answers with a gigabyte in a megabyte', async () => {
    const { ended, http } = await ask(kind, (response) => {
      response.on('error', () => {});
      response.writeHead(200, { ...json, 'content-encoding': 'gzip' });
      const packed = createGzip({ level: constants.Z_BEST_SPEED });
      packed.pipe(response);
      const piece = Buffer.alloc(1024 * 1024, ' ');
      for (let times = 0; times < 64; times++) packed.write(piece);
      packed.end();
    });
    expectNoSuccess(kind, await ended);
    await http.close();
  });

  it('drips for ever: its time ends', async () => {
    let dripping = 0;
    const { ended, clock, http } = await ask(kind, (response) => {
      dripping++;
      response.on('error', () => {});
      response.writeHead(200, json).write('{');
    });
    await until(() => dripping > 0);
    let isDone = false;
    void ended.finally(() => {
      isDone = true;
    });
    await until(() => {
      clock.advance(1000);
      return isDone;
    });
    expectNoSuccess(kind, await ended);
    await http.close();
  });
});
