/**
 * How soon an article is posted: from the poll that first lists it to the request that a fake Mastodon server accepts,
 * by the real worker on the embedded default, with two photos and no settling time.
 */
import type { Bench } from '#tests/bench/bench.ts';
import type { Report } from '#tests/bench/report.ts';
import { percentile } from '#tests/bench/statistics.ts';
import { type Bench as Worker, withBench } from '#tests/e2e/newsroom-bench.ts';
import { type MastodonServer, startMastodon } from '#tests/fakes/mastodon-server.ts';
import { story } from '#tests/fakes/newsroom.ts';

const articles = 40;
/** Code is compiled and connections are made with the first ones: they are not counted. */
const warmups = 4;

export const benches: Bench[] = [{ name: 'article seen to post accepted', run: measure }];

/** Each stage ends where the next begins. */
const stages = ['reading it', 'its photos', 'the queue', 'composing it', 'uploading its photos'] as const;

async function measure(report: Report): Promise<void> {
  const token = 'token-of-the-bench';
  const server = await startMastodon({ token, now: () => Date.now(), uploadRate: 1000 });
  const account = `settings: { baseUrl: "${server.url}", accessToken: "${token}" }`;
  const pace = 'pace: { settle: 0s, gap: 0s, perHour: off }';
  const channels = `  - { id: fedi, kind: mastodon, ${account}, ${pace} }`;
  const measured: number[][] = [];
  await withBench(
    [story('cu')],
    async (worker) => {
      await worker.start();
      await worker.until(async () => (await entries(worker)).length === 1);
      for (let index = 0; index < warmups + articles; index++) {
        const times = await postOne(`moi-${index}`, worker, server);
        if (index >= warmups) measured.push(times);
      }
    },
    { channels },
  );
  await server.close();

  const totals = measured.map((times) => times.at(-1)! - times[0]!);
  report.tell('article seen to post accepted, p50', [percentile(totals, 0.5)], 'ms');
  report.tell('article seen to post accepted, p95', [percentile(totals, 0.95)], 'ms');
  for (const [index, stage] of stages.entries()) {
    const shares = measured.map((times, run) => ((times[index + 1]! - times[index]!) / totals[run]!) * 100);
    report.tell(`share of ${stage}`, shares, '%');
  }
}

/** When each stage began, and the last one's end; milliseconds since the epoch. */
async function postOne(slug: string, worker: Worker, server: MastodonServer): Promise<number[]> {
  const { newsroom } = worker;
  const seen = newsroom.asked(/^\/rss$/).then(Date.now);
  const photo = newsroom.asked(new RegExp(`^/photo/${slug}-`)).then(Date.now);
  const upload = server.asked(/^POST \/api\/v2\/media$/).then(Date.now);
  const post = server.asked(/^POST \/api\/v1\/statuses$/).then(Date.now);
  newsroom.stories.unshift(story(slug, { publishedAt: Date.now() }));
  const accepted = await post;
  const { ready, claimed } = await traced(slug, worker);
  return [await seen, await photo, ready, claimed, await upload, accepted];
}

/** As the ledger has it: when its photos were done, and when its post was taken up. */
async function traced(slug: string, worker: Worker): Promise<{ ready: number; claimed: number }> {
  const { articles } = (await (await worker.get('/api/v1/articles')).json()) as any;
  const { id } = articles.find(({ headline }: { headline: string }) => headline.endsWith(` ${slug}`));
  const { lines } = (await (await worker.get(`/api/v1/articles/${id}/trace`)).json()) as any;
  const at = (start: string) => Date.parse(lines.find(({ text }: { text: string }) => text.startsWith(start)).at);
  return { ready: at('Ready'), claimed: at('Channel fedi: post') };
}

async function entries(worker: Worker): Promise<unknown[]> {
  return ((await (await worker.get('/feeds/latest.json')).json()) as any).items;
}
