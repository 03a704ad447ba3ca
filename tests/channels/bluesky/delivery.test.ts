/** Bluesky behind the real delivery: one record however its tries end, one session over all workers. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bluesky } from '#src/channels/bluesky/channel.ts';
import type { StoredArticle } from '#src/core/article.ts';
import type { ChannelSettings } from '#src/core/settings.ts';
import { deliverPost } from '#src/delivery/deliver.ts';
import { createHttp } from '#src/net/http-client.ts';
import { type BlueskyServer, startBluesky } from '#tests/fakes/bluesky-server.ts';
import { doomedWorker } from '#tests/fakes/crash.ts';
import { type DeliveryBench, openDeliveryBench } from '#tests/fakes/delivery-bench.ts';
import { type MemoryDatabase, openMemoryDatabase } from '#tests/fakes/memory-database.ts';

describe('Bluesky, delivered', () => {
  let bench: DeliveryBench;
  let database: MemoryDatabase;
  let server: BlueskyServer;
  let http: ReturnType<typeof createHttp>;
  let id: string;

  beforeAll(async () => {
    database = await openMemoryDatabase();
    bench = await openDeliveryBench(async () => database);
  });
  beforeEach(async () => {
    const { clock } = bench;
    server = await startBluesky({ now: clock.now });
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
    const { handle, appPassword } = server.account;
    const settings = bluesky.settings.parse({ service: server.url, identifier: handle, appPassword });
    return bench.open(bluesky, { kind: 'bluesky', settings, ...change });
  }

  async function publish(headline = 'Cầu treo thông xe 🌉'): Promise<StoredArticle> {
    const url = 'https://bao.example/cau.jpg';
    const photo = { url, caption: 'Người dân qua cầu', credit: 'Thu An', alt: null, width: 1280, height: 960 };
    const article = await bench.publish({ headline, photos: [photo] });
    const renditions = [{ format: 'jpeg', width: 1280, height: 960, bytes: 4 }] as const;
    const hash = article.id.padEnd(32, '0');
    const size = { width: 1280, height: 960 };
    const record = {
      articleId: article.id,
      position: 0,
      url,
      hash,
      ...size,
      renditions: [...renditions],
      failure: null,
    };
    await bench.ledger.photos.save(record);
    return article;
  }

  const ops = () => server.record.map(({ op }) => op);

  it('posts once, the link shown short and leading to the whole address', async () => {
    const article = await publish();
    await bench.settle();
    const row = await bench.row(article.id, id);
    expect(row).toMatchObject({ state: 'sent', remote: { id: expect.stringMatching(/^at:\/\/did:plc:/) } });
    const [post] = [...server.posts.values()];
    const links = post!.value.facets.flatMap(({ features }: any) => features).filter(({ uri }: any) => uri);
    expect(links).toEqual([expect.objectContaining({ uri: article.url })]);
    expect(post!.value.text).not.toContain('https://');
    expect(post!.value.embed.images).toHaveLength(1);
  });

  it('makes one record of lost answers, proxies and a worker that died after sending', async () => {
    const article = await publish();
    server.misbehave('answer lost', 'proxy page', 'html');
    await bench.settle();
    expect(await bench.row(article.id, id)).toMatchObject({ state: 'sent' });
    expect(ops()).toEqual(['create']);

    const second = await publish('Chợ phiên họp lại');
    const { id: rowId } = await bench.row(second.id, id);
    const { deps, died } = doomedWorker(bench.deps, 'record');
    await Promise.race([deliverPost(rowId, deps), died]);
    expect(ops()).toEqual(['create', 'create']);
    await bench.settle();
    expect(await bench.row(second.id, id)).toMatchObject({ state: 'sent' });
    expect(ops()).toEqual(['create', 'create']);
  });

  it('keeps one session for all, renewed once where several need it at the same moment', async () => {
    const others = [open(), open()];
    await publish();
    await bench.settle();
    expect(server.sessions.logins).toHaveLength(3);
    server.sessions.expire();
    await publish('Mưa lớn ở Đắk Lắk');
    const due = await bench.ledger.deliveries.due(bench.clock.now(), 100);
    const workers = [bench.deps, { ...bench.deps }];
    const running = due.flatMap((row) => workers.map((worker) => deliverPost(row.id, worker)));
    await Promise.all(running);
    await bench.settle();
    const renewals = server.requests.filter((what) => what.includes('refreshSession'));
    expect(renewals).toHaveLength(1 + others.length);
    expect(server.sessions.logins).toHaveLength(3);
  });

  it('corrects by a reply below the post, and takes the post back', async () => {
    id = open({ corrections: 'reply' });
    const article = await publish();
    await bench.settle();
    await bench.revise(article.id, 'Cầu treo thông xe sau ba năm sửa chữa');
    await bench.settle();
    const replies = [...server.posts.values()].filter(({ value }) => value.reply);
    expect(replies).toHaveLength(1);
    await bench.withdraw(article.id);
    await bench.settle();
    expect(ops().filter((op) => op === 'delete').length).toBeGreaterThan(0);
  });

  it('fits both measures of a text, whatever the script', async () => {
    const words = {
      vi: 'Đường đèo Sơn Thủy thông xe trở lại @bandoc ',
      th: 'ฝนตกหนักที่เชียงใหม่ ',
      ar: 'أمطار غزيرة على الجبل ',
      ja: '大雨で峠が通行止め、',
      emoji: '👩‍👩‍👧‍👦🏴󠁧󠁢󠁳󠁣󠁴󠁿 👍🏽 ',
    };
    const short = open({
      compose: { template: '{{headline}}\n{{link}}', photos: 0, utm: null, correction: null, withdrawal: null },
    });
    for (const [name, text] of Object.entries(words)) {
      const article = await bench.publish({ headline: text.repeat(80) });
      await bench.settle();
      const row = await bench.row(article.id, short);
      expect(row, `${name}: ${row.reason}`).toMatchObject({ state: 'sent' });
      const { value } = server.posts.get(row.remote!.id.split('/').at(-1)!)!;
      expect(value.embed.external.uri).toBe(article.url);
      const graphemes = [...new Intl.Segmenter('en').segment(value.text)].length;
      expect(Math.max(graphemes / 300, Buffer.byteLength(value.text) / 3000)).toBeGreaterThan(0.7);
    }
  });

  it('pauses the channel for a refused password, and keeps every secret out of the database', async () => {
    server.account.appPassword = 'canary-another-password';
    const article = await publish();
    await bench.sweep();
    expect((await bench.ledger.channels.state(id, 0)).paused).toBe(true);
    expect((await bench.row(article.id, id)).reason).toMatch(/make a new app password/);
    const dump = await everything();
    expect(dump).toContain(article.id);
    expect(dump).not.toMatch(/canary[.-](access|refresh|app)/);
  });

  async function everything(): Promise<string> {
    const names = ['deliveries', 'attempts', 'channel_secrets', 'channels', 'alerts', 'article_events'] as const;
    const loa = database.db.withSchema('loa');
    return JSON.stringify(await Promise.all(names.map((name) => loa.selectFrom(name).selectAll().execute())));
  }
});
