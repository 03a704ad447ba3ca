/** Mastodon behind the real delivery: what readers see when answers are lost, photos purged and articles changed. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mastodon } from '#src/channels/mastodon/channel.ts';
import type { StoredArticle } from '#src/core/article.ts';
import type { ChannelSettings } from '#src/core/settings.ts';
import { createHttp } from '#src/net/http-client.ts';
import { type DeliveryBench, openDeliveryBench } from '#tests/fakes/delivery-bench.ts';
import { countedLength, type MastodonServer, startMastodon } from '#tests/fakes/mastodon-server.ts';

const token = 'canary-token-of-the-account';
const minute = 60_000;
const captions = ['Người dân qua cầu treo', 'Chợ phiên họp lại'];

describe('Mastodon, delivered', () => {
  let bench: DeliveryBench;
  let server: MastodonServer;
  let http: ReturnType<typeof createHttp>;
  let id: string;

  beforeAll(async () => {
    bench = await openDeliveryBench();
  });
  beforeEach(async () => {
    const { clock } = bench;
    server = await startMastodon({ token, now: clock.now });
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
    const settings = mastodon.settings.parse({ baseUrl: server.url, accessToken: token });
    return bench.open(mastodon, { kind: 'mastodon', settings, ...change });
  }

  /** With two photos, already rendered. */
  async function publish(headline = 'Cầu treo thông xe'): Promise<StoredArticle> {
    const photos = captions.map((caption, position) => ({
      url: `https://bao.example/${position}.jpg`,
      caption,
      credit: 'Thu An',
      alt: null,
      width: 1600,
      height: 1200,
    }));
    const article = await bench.publish({ headline, photos });
    for (const [position, { url }] of photos.entries()) {
      const renditions = [640, 1280, 1920].map((width) => {
        return { format: 'jpeg', width, height: (width * 3) / 4, bytes: width * 100 } as const;
      });
      const hash = `${article.id}${position}`.padEnd(32, '0');
      const size = { width: 1920, height: 1440 };
      await bench.ledger.photos.save({
        articleId: article.id,
        position,
        url,
        hash,
        ...size,
        renditions,
        failure: null,
      });
    }
    return article;
  }

  const whatReadersSaw = () => server.seen.map(({ what }) => what);

  it('posts once with captions and credits as alt texts, the photos as large as the server takes', async () => {
    const article = await publish();
    await bench.settle();
    const row = await bench.row(article.id, id);
    expect(row.post!.photos.map(({ width }) => width)).toEqual([1920, 1920]);
    expect(server.seen[0]!.status.media_attachments.map(({ description }) => description)).toEqual([
      'Người dân qua cầu treo (Thu An)',
      'Chợ phiên họp lại (Thu An)',
    ]);
    expect(row).toMatchObject({ state: 'sent', remote: { id: [...server.statuses.keys()][0] } });
  });

  it('makes one post of a lost answer and a proxy that gave up', async () => {
    const article = await publish();
    server.misbehave('answer lost', 'proxy page');
    await bench.settle();
    expect(await bench.row(article.id, id)).toMatchObject({ state: 'sent' });
    expect(whatReadersSaw()).toEqual(['posted']);
    expect(server.requests.filter((what) => what === 'POST /api/v1/statuses')).toHaveLength(3);
    expect(server.uploads).toHaveLength(2);
  });

  it('looks for what the server may have forgotten by now, and finds it', async () => {
    const article = await publish();
    server.misbehave('answer lost');
    await bench.sweep();
    bench.clock.advance(51 * minute);
    await bench.settle();
    const [remoteId] = server.statuses.keys();
    expect(await bench.row(article.id, id)).toMatchObject({ state: 'sent', remote: { id: remoteId } });
    expect(whatReadersSaw()).toEqual(['posted']);
  });

  it('looks for its post on a server that knows no keys, and sends it once more when it is nowhere', async () => {
    const forgetful = await startMastodon({ token, now: bench.clock.now, ignoresKeys: true });
    const settings = mastodon.settings.parse({ baseUrl: forgetful.url, accessToken: token, keepsKeys: false });
    const other = open({ settings });
    const article = await publish();
    forgetful.misbehave('answer lost');
    await bench.settle(20);
    expect(await bench.row(article.id, other)).toMatchObject({ state: 'sent' });
    expect(forgetful.seen).toHaveLength(1);

    const second = await publish('Chợ phiên họp lại');
    forgetful.misbehave({ status: 502, body: '<h1>Bad gateway</h1>' });
    await bench.settle(20);
    expect(await bench.row(second.id, other)).toMatchObject({ state: 'sent' });
    expect(forgetful.seen).toHaveLength(2);
    await forgetful.close();
  });

  it('leaves to a person what a token without the scope cannot look for, and goes on posting', async () => {
    const closed = await startMastodon({ token, now: bench.clock.now, ignoresKeys: true, writeOnly: true });
    const settings = mastodon.settings.parse({ baseUrl: closed.url, accessToken: token, keepsKeys: false });
    const other = open({ settings });
    const article = await publish();
    closed.misbehave('answer lost');
    await bench.settle(40);
    expect(await bench.row(article.id, other)).toMatchObject({
      state: 'parked',
      reason: expect.stringMatching(/read:statuses/),
    });
    expect((await bench.ledger.channels.state(other, 0)).paused).toBe(false);
    const second = await publish('Chợ phiên họp lại');
    await bench.settle(40);
    expect(await bench.row(second.id, other)).toMatchObject({ state: 'sent' });
    await closed.close();
  });

  it('uploads the photos again when the server dropped them while the post waited', async () => {
    const article = await publish();
    server.misbehave({
      status: 429,
      headers: { 'x-ratelimit-reset': new Date(bench.clock.now() + 60_000).toISOString() },
    });
    await bench.sweep();
    expect((await bench.row(article.id, id)).state).toBe('retry');
    server.purge();
    await bench.settle();
    expect(await bench.row(article.id, id)).toMatchObject({ state: 'sent' });
    expect(server.uploads).toHaveLength(4);
    expect(server.seen[0]!.status.media_attachments).toHaveLength(2);
  });

  it('waits for the next half hour when the server takes no more photos, and then posts all', async () => {
    const articles: StoredArticle[] = [];
    for (let index = 0; index < 18; index++) articles.push(await publish(`Cầu treo số ${index} thông xe`));
    await bench.sweep();
    expect(server.seen).toHaveLength(15);
    await bench.sweep();
    expect(server.requests.filter((what) => what === 'POST /api/v2/media')).toHaveLength(31);
    await bench.settle(40);
    expect(server.seen).toHaveLength(18);
    expect(server.seen.every(({ status }) => status.media_attachments.length === 2)).toBe(true);
  });

  it('carries a correction with the same photos, then a withdrawal', async () => {
    const article = await publish();
    await bench.settle();
    await bench.revise(article.id, 'Cầu treo thông xe sau ba năm');
    server.misbehave('answer lost');
    await bench.settle();
    const [posted, edited] = server.seen;
    expect(edited!.status.status).toContain('sau ba năm');
    expect(edited!.status.media_attachments).toEqual(posted!.status.media_attachments);
    expect(server.uploads).toHaveLength(2);
    await bench.withdraw(article.id);
    server.misbehave('answer lost');
    await bench.settle();
    expect(server.statuses.size).toBe(0);
    expect(whatReadersSaw()).toEqual(['posted', 'edited', 'edited', 'deleted']);
  });

  it('fits what the server allows, whatever the script', async () => {
    const words = {
      vi: 'Đường đèo Sơn Thủy thông xe trở lại @bandoc ',
      th: 'ฝนตกหนักที่เชียงใหม่ ',
      ar: 'أمطار غزيرة على الجبل ',
      ja: '大雨で峠が通行止め、',
      emoji: '👩‍👩‍👧 🇻🇳 👍🏽 ',
    };
    for (const [name, text] of Object.entries(words)) {
      const short = open({
        compose: { template: '{{headline}}\n{{link}}', photos: 0, utm: null, correction: null, withdrawal: null },
      });
      const article = await bench.publish({ headline: text.repeat(80) });
      await bench.settle();
      const row = await bench.row(article.id, short);
      expect(row, `${name}: ${row.reason}`).toMatchObject({ state: 'sent' });
      const length = countedLength(server.statuses.get(row.remote!.id)!.status);
      expect(length).toBeLessThanOrEqual(500);
      expect(length).toBeGreaterThan(300);
    }
  });

  it('pauses the channel when the token is refused, and says nothing of the token', async () => {
    const article = await publish();
    server.misbehave({ status: 401, body: `{"error":"The access token ${token} is invalid"}` });
    await bench.sweep();
    const row = await bench.row(article.id, id);
    expect((await bench.ledger.channels.state(id, 0)).paused).toBe(true);
    expect(JSON.stringify([row, await bench.ledger.deliveries.attempts(row.id)])).not.toContain(token);
  });
});
