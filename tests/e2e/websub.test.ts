import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Bench, withBench } from '#tests/e2e/newsroom-bench.ts';
import { makeCertificate } from '#tests/fakes/certificate.ts';
import { answer, type FeedServer, startFeedServer } from '#tests/fakes/feed-server.ts';
import { type HubServer, startHubServer } from '#tests/fakes/hub-server.ts';
import { type FeedItem, rss } from '#tests/fakes/source-tools.ts';

const certificate = makeCertificate();
const body = `<p>Sáng 26/11, đoàn thuyền Nà Hin ra hồ sau ba tuần nghỉ lũ.</p>${'<p>Mỗi thuyền chở mười hai khách và một người lái quen luồng nước, đi hết một vòng hồ trong chín mươi phút.</p>'.repeat(5)}`;
const item = (id: string, title: string): FeedItem => ({ id, title, url: `https://bao.example/${id}`, content: body });

const entries = async (bench: Bench) =>
  ((await (await bench.get('/feeds/latest.json')).json()) as any).items.map((entry: any) => entry.title);

async function withHub(work: (site: FeedServer, hub: HubServer, topic: string) => Promise<void>): Promise<void> {
  const site = await startFeedServer();
  const hub = await startHubServer(certificate ? { tls: certificate } : {});
  try {
    await work(site, hub, `${site.url}/wire`);
  } finally {
    await site.close();
    await hub.close();
  }
}

/** A feed by the name of its topic, which names its hub. */
function feed(items: FeedItem[], topic: string, hub: HubServer): string {
  const atom = 'xmlns:atom="http://www.w3.org/2005/Atom"';
  return rss(items, `<atom:link ${atom} rel="self" href="${topic}"/><atom:link ${atom} rel="hub" href="${hub.url}"/>`);
}

test('a feed that names a hub is subscribed to; what the hub brings is in the feed without a poll', () =>
  withHub(async (site, hub, topic) => {
    const document = (...items: FeedItem[]) => feed(items, topic, hub);
    site.on('/wire', answer(200, document(item('cu', 'Thuyền nghỉ lũ')), { 'content-type': 'application/rss+xml' }));
    const sources = `  - { id: wire, kind: feed, url: "${topic}", poll: 1h }`;
    const env = { ...(certificate && { NODE_EXTRA_CA_CERTS: certificate.file }) };
    await withBench(
      [],
      async (bench) => {
        const running = await bench.start();
        await bench.until(async () => hub.subscriptions.size === 1);
        const [subscription] = [...hub.subscriptions.values()];
        expect(subscription?.topic).toBe(topic);
        expect(subscription?.callback).toMatch(`${bench.url}/websub/wire/`);
        if (certificate) expect(subscription?.secret).toMatch(/^.{32,199}$/);

        const news = document(item('moi', 'Thuyền Nà Hin ra hồ trở lại'), item('cu', 'Thuyền nghỉ lũ'));
        if (certificate) {
          const forged = document(item('gia', 'Tin giả'));
          expect(await hub.publish(topic, forged, { signature: `sha256=${'0'.repeat(64)}` })).toEqual([
            { status: 202, body: '' },
          ]);
          await running.printed(/wire: a delivery from its hub was ignored/);
        }
        expect(await hub.publish(topic, news)).toEqual([{ status: 202, body: '' }]);
        await running.printed(/new article "Thuyền Nà Hin ra hồ trở lại"/);
        await bench.until(async () => (await entries(bench)).length === 2);
        expect((await entries(bench)).toSorted()).toEqual(['Thuyền Nà Hin ra hồ trở lại', 'Thuyền nghỉ lũ']);
        expect(site.requests.filter(({ path }) => path === '/wire')).toHaveLength(1);

        running.kill('SIGTERM');
        expect(await running.ended).toBe(0);
        const file = join(bench.folder, 'my.yaml');
        await writeFile(file, (await readFile(file, 'utf8')).replace(sources, ''));
        await bench.start();
        await bench.until(async () => hub.subscriptions.size === 0);
        expect(hub.requests.at(-1)).toMatchObject({ 'hub.mode': 'unsubscribe', 'hub.topic': topic });
      },
      { sources, env },
    );
  }));
