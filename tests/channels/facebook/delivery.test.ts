/** Facebook behind the real delivery: our own post is looked for, adopted when found, and a person asked when not. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { facebook } from '#src/channels/facebook/channel.ts';
import type { ChannelSettings } from '#src/core/settings.ts';
import { retryByHand } from '#src/delivery/by-hand.ts';
import { deliverPost } from '#src/delivery/deliver.ts';
import { createHttp } from '#src/net/http-client.ts';
import { doomedWorker } from '#tests/fakes/crash.ts';
import { type DeliveryBench, openDeliveryBench } from '#tests/fakes/delivery-bench.ts';
import { type FacebookServer, facebookRefusal, startFacebook, usedUp } from '#tests/fakes/facebook-server.ts';
import { publishIllustrated } from '#tests/fakes/illustrated.ts';

const token = 'EAAcanary-of-the-page';
const pageId = '104900000000001';

describe('Facebook, delivered', () => {
  let bench: DeliveryBench;
  let server: FacebookServer;
  let http: ReturnType<typeof createHttp>;
  let id: string;

  beforeAll(async () => {
    bench = await openDeliveryBench();
  });
  beforeEach(async () => {
    const { clock } = bench;
    server = await startFacebook({ token, pageId, now: clock.now });
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

  function open(change: Partial<ChannelSettings> = {}): string {
    const settings = facebook.settings.parse({ pageId, accessToken: token, baseUrl: server.url });
    return bench.open(facebook, { kind: 'facebook', settings, ...change });
  }

  const ops = () => server.record.map(({ op }) => op);

  it('posts once with its photos, changes it and takes it back', async () => {
    const article = await publishIllustrated(bench);
    await bench.settle();
    const [post] = [...server.posts.values()];
    expect(await bench.row(article.id, id)).toMatchObject({ state: 'sent', remote: { id: post!.id } });
    expect(post!.photos).toHaveLength(2);
    await bench.revise(article.id, 'Cầu treo thông xe sau ba năm');
    await bench.settle();
    expect(post!.message).toContain('sau ba năm');
    await bench.withdraw(article.id);
    await bench.settle();
    expect(ops()).toEqual(['create', 'edit', 'delete']);
    expect(server.uploads).toHaveLength(2);
  });

  it('tells a correction below the post where the settings say so, once', async () => {
    bench.clear();
    id = open({ corrections: 'reply' });
    const article = await publishIllustrated(bench);
    await bench.settle();
    await bench.revise(article.id, 'Cầu treo thông xe sau ba năm');
    server.misbehave('answer lost');
    await bench.settle();
    expect(ops()).toEqual(['create', 'comment']);
    const [post] = [...server.posts.values()];
    expect(post!.comments).toEqual([expect.objectContaining({ message: expect.stringMatching(/^Đính chính: /) })]);
    const answer = (await bench.rows(article.id)).find(({ asReply }) => asReply);
    expect(answer).toMatchObject({ state: 'parked' });
  });

  it('finds and adopts its own post after a lost answer, however it was lost', async () => {
    for (const mood of ['500', 'answer lost', 'proxy page', 'html', 'garbage'] as const) {
      const article = await publishIllustrated(bench, { headline: `Cầu treo ${mood}` });
      server.misbehave(mood);
      await bench.settle();
      const newest = [...server.posts.keys()].at(-1);
      expect(await bench.row(article.id, id), mood).toMatchObject({ state: 'sent', remote: { id: newest } });
    }
    expect(ops()).toEqual(Array(5).fill('create'));
  });

  it('leaves to a person what is not in a list that leaves posts out', async () => {
    const article = await publishIllustrated(bench);
    server.omit(true);
    server.misbehave('500');
    await bench.settle();
    expect(await bench.row(article.id, id)).toMatchObject({
      state: 'parked',
      reason: expect.stringMatching(/looked for on facebook and not found, but it may stand there/),
    });
    expect(ops()).toEqual(['create']);
    // Somebody looked, deleted it and wants it posted: its photos were used up by the one that is gone.
    server.posts.clear();
    const { id: row } = await bench.row(article.id, id);
    await retryByHand(row, bench.deps);
    await bench.settle();
    expect(await bench.row(article.id, id)).toMatchObject({ state: 'sent' });
    expect(ops()).toEqual(['create', 'create']);
    expect([...server.posts.values()][0]!.photos).toHaveLength(2);
  });

  it('looks for the post when Facebook calls it a duplicate', async () => {
    const article = await bench.publish({ headline: 'Chợ phiên họp lại' });
    server.misbehave(facebookRefusal(506, 'Duplicate status message'));
    await bench.settle();
    expect(await bench.row(article.id, id)).toMatchObject({ state: 'parked' });
    expect(ops()).toEqual([]);
  });

  it('adopts the post of a worker that was killed after Facebook took it', async () => {
    const article = await publishIllustrated(bench);
    const { id: rowId } = await bench.row(article.id, id);
    const { deps, died } = doomedWorker(bench.deps, 'record');
    await Promise.race([deliverPost(rowId, deps), died]);
    expect(ops()).toEqual(['create']);
    await bench.settle();
    expect(await bench.row(article.id, id)).toMatchObject({ state: 'sent' });
    expect(ops()).toEqual(['create']);
  });

  it('uploads the photos again when they were cleaned up while the post waited', async () => {
    const article = await publishIllustrated(bench);
    server.misbehave(usedUp(pageId, 30));
    await bench.sweep();
    const row = await bench.row(article.id, id);
    expect(row.dueAt).toBeGreaterThanOrEqual(bench.clock.now() + 29 * 60_000);
    server.purge();
    await bench.settle(60);
    expect(await bench.row(article.id, id)).toMatchObject({ state: 'sent' });
    expect([...server.posts.values()][0]!.photos).toHaveLength(2);
    expect(server.uploads).toHaveLength(4);
  });

  it('shows hostile headlines as they are, and calls nobody', async () => {
    const hostile = [
      '<b>Lũ</b> & "mưa"',
      '@everyone @[1234]',
      '{{x}} {% if %}',
      'Một\r\nHai',
      '\u202Eđảo\u202C',
      '😀'.repeat(5000),
    ];
    for (const headline of hostile) {
      const article = await bench.publish({ headline });
      await bench.settle();
      expect(await bench.row(article.id, id), headline.slice(0, 20)).toMatchObject({ state: 'sent' });
      const { message } = [...server.posts.values()].at(-1)!;
      expect(message).toContain('https://bao.example/');
      expect(message).not.toMatch(/@[a-z[]|[\r\u202A-\u202E]/);
    }
    expect(ops()).toHaveLength(hostile.length);
  });

  it('pauses when the token is refused, and says nothing of it', async () => {
    const article = await publishIllustrated(bench);
    server.refuseMedia(facebookRefusal(190, `Error validating ${token}`, { subcode: 460 }));
    await bench.sweep();
    const row = await bench.row(article.id, id);
    expect((await bench.ledger.channels.state(id, 0)).paused).toBe(true);
    expect(JSON.stringify([row, await bench.ledger.deliveries.attempts(row.id), bench.alerts])).not.toContain(token);
  });
});
