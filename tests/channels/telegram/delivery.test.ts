/** Telegram behind the real delivery: at most once by itself, and in sight where nobody knows. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { telegram } from '#src/channels/telegram/channel.ts';
import type { ChannelSettings } from '#src/core/settings.ts';
import { retryByHand } from '#src/delivery/by-hand.ts';
import { deliverPost } from '#src/delivery/deliver.ts';
import { createHttp } from '#src/net/http-client.ts';
import { doomedWorker } from '#tests/fakes/crash.ts';
import { type DeliveryBench, openDeliveryBench } from '#tests/fakes/delivery-bench.ts';
import { publishIllustrated } from '#tests/fakes/illustrated.ts';
import { startTelegram, type TelegramServer, telegramRefusal } from '#tests/fakes/telegram-server.ts';

const secret = 'AAcanary-of-the-bot';
const token = `123456:${secret}`;

describe('Telegram, delivered', () => {
  let bench: DeliveryBench;
  let server: TelegramServer;
  let http: ReturnType<typeof createHttp>;
  let id: string;

  beforeAll(async () => {
    bench = await openDeliveryBench();
  });
  beforeEach(async () => {
    const { clock } = bench;
    // What the last test took of the chat's allowance comes back.
    clock.advance(120_000);
    server = await startTelegram({ token, now: clock.now, perMinute: 20 });
    http = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'test', clock });
    bench.deps.http = http;
    bench.deps.files = { read: async () => Buffer.from([0xff, 0xd8, 0xff, 0xd9]) };
    id = open();
  });
  afterEach(async () => {
    bench.clear();
    await http.close();
    await server.close();
  });
  afterAll(() => bench.close());

  function open(change: Partial<ChannelSettings> = {}, style = 'photo'): string {
    const settings = telegram.settings.parse({ token, chatId: '@baothu', apiRoot: server.url, style });
    return bench.open(telegram, { kind: 'telegram', settings, ...change });
  }

  const ops = () => server.record.map(({ op }) => op);

  it('posts once with its photo, changes it and takes it back', async () => {
    const article = await publishIllustrated(bench);
    await bench.settle();
    const row = await bench.row(article.id, id);
    expect(row).toMatchObject({ state: 'sent', remote: { url: 'https://t.me/baothu/101' } });
    await bench.revise(article.id, 'Cầu treo thông xe sau ba năm');
    await bench.settle();
    expect(server.messages.get(101)).toMatchObject({ kind: 'photo', text: expect.stringContaining('sau ba năm') });
    await bench.withdraw(article.id);
    await bench.settle();
    expect(ops()).toEqual(['create', 'edit', 'delete']);
  });

  it('parks once what may have gone through, and sends it again for a person only', async () => {
    for (const mood of ['answer lost', 'proxy page', 'html', 'garbage'] as const) {
      const article = await publishIllustrated(bench, { headline: `Cầu treo ${mood}` });
      server.misbehave(mood);
      await bench.settle();
      const row = await bench.row(article.id, id);
      expect(row).toMatchObject({ state: 'parked', reason: expect.stringMatching(/Nobody knows whether/) });
    }
    expect(ops()).toEqual(Array(4).fill('create'));
    const [parked] = await bench.ledger.deliveries.list({ states: ['parked'], limit: 1 });
    const rowId = parked!.id;
    await retryByHand(rowId, bench.deps);
    await bench.settle();
    expect(await bench.ledger.deliveries.get(rowId)).toMatchObject({ state: 'sent' });
    expect(ops()).toHaveLength(5);
  });

  it('parks what a worker was sending when it was killed, with one message there', async () => {
    const article = await publishIllustrated(bench);
    const { id: rowId } = await bench.row(article.id, id);
    const { deps, died } = doomedWorker(bench.deps, 'record');
    await Promise.race([deliverPost(rowId, deps), died]);
    expect(ops()).toEqual(['create']);
    await bench.settle();
    expect(await bench.row(article.id, id)).toMatchObject({ state: 'parked' });
    expect(ops()).toEqual(['create']);
  });

  it('sends for sure what a worker had not begun to send', async () => {
    const article = await publishIllustrated(bench);
    const { id: rowId } = await bench.row(article.id, id);
    const { deps, died } = doomedWorker(bench.deps, 'prepare');
    await Promise.race([deliverPost(rowId, deps), died]);
    await bench.settle();
    expect(await bench.row(article.id, id)).toMatchObject({ state: 'sent' });
    expect(ops()).toEqual(['create']);
  });

  it('tells a correction and a withdrawal below the post where the settings say so', async () => {
    bench.clear();
    id = open({ corrections: 'reply', withdrawals: 'reply' });
    const article = await publishIllustrated(bench);
    await bench.settle();
    await bench.revise(article.id, 'Cầu treo thông xe sau ba năm');
    await bench.settle();
    await bench.withdraw(article.id);
    await bench.settle();
    expect(ops()).toEqual(['create', 'create', 'create']);
    const [first, ...answers] = [...server.messages.values()];
    expect(answers.map(({ replyTo, kind }) => [replyTo, kind])).toEqual(Array(2).fill([first!.id, 'text']));
    expect(answers[0]!.text).toMatch(/^Đính chính: Cầu treo thông xe sau ba năm/);
    expect(answers[1]!.text).toContain('Bài viết này đã được gỡ.');
  });

  it('keeps within what a chat takes a minute, albums and all', async () => {
    bench.clear();
    id = open({}, 'album');
    for (let index = 0; index < 7; index++) await publishIllustrated(bench, { headline: `Tin ${index}`, count: 4 });
    await bench.settle(40);
    expect(ops()).toHaveLength(7);
    expect(server.requests.filter((method) => method === 'sendMediaGroup')).toHaveLength(7);
  });

  it('waits as long as Telegram says', async () => {
    const article = await publishIllustrated(bench);
    server.misbehave(telegramRefusal(429, 'Too Many Requests: retry after 300', { retry_after: 300 }));
    await bench.sweep();
    const row = await bench.row(article.id, id);
    expect(row.state).toBe('retry');
    expect(row.dueAt).toBeGreaterThanOrEqual(bench.clock.now() + 299_000);
    await bench.settle();
    expect(ops()).toEqual(['create']);
  });

  it('shows hostile headlines as they are, within the limit, and calls nobody', async () => {
    const hostile = [
      '<b>Lũ</b> & "mưa"',
      '@everyone @bao_admin',
      '{{x}} {% if %}',
      'Một\r\nHai',
      '\u202Eđảo\u202C',
      '😀'.repeat(5000),
    ];
    for (const headline of hostile) {
      const article = await bench.publish({ headline });
      await bench.settle();
      expect(await bench.row(article.id, id), headline.slice(0, 20)).toMatchObject({ state: 'sent' });
      const { text } = [...server.messages.values()].at(-1)!;
      expect([...text].length).toBeLessThanOrEqual(1024);
      expect(text).toContain('https://bao.example/');
      expect(text).not.toMatch(/@[a-z]|[\r\u202A-\u202E]/);
    }
    expect(ops()).toHaveLength(hostile.length);
  });

  it('pauses when the token is refused, and says nothing of it', async () => {
    const article = await publishIllustrated(bench);
    server.misbehave(telegramRefusal(401, `Unauthorized ${token}`));
    await bench.sweep();
    const row = await bench.row(article.id, id);
    expect((await bench.ledger.channels.state(id, 0)).paused).toBe(true);
    const all = JSON.stringify([row, await bench.ledger.deliveries.attempts(row.id), bench.alerts]);
    expect(all).not.toContain(secret);
  });
});
