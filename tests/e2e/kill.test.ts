import { expect, test } from 'vitest';
import { bothEnds } from '#tests/e2e/backends.ts';
import { type Bench, benchOn } from '#tests/e2e/newsroom-bench.ts';
import { story } from '#tests/fakes/newsroom.ts';

/** The moments at which the worker is killed, each while one more article is on its way. */
const moments: Record<string, (bench: Bench) => Promise<unknown>> = {
  'while it reads the article': (bench) => bench.newsroom.asked(/bai\/moi/),
  'while it fetches a photo': (bench) => bench.newsroom.asked(/photo\/moi-1/),
};

// Of deliveries by themselves see tests/faults/processes.
test.concurrent.for(bothEnds)(
  'on $name, killed at any moment and started again, it loses nothing and posts nothing twice',
  (backend) =>
    benchOn(backend)([story('cu')], async (bench) => {
      let running = await bench.start();
      await bench.until(async () => (await items(bench)).length === 1);

      for (const [index, [name, moment]] of Object.entries(moments).entries()) {
        const reached = moment(bench);
        bench.newsroom.stories.unshift(story(`moi-${index}`, { publishedAt: Date.now() }));
        await reached;
        running.kill('SIGKILL');
        expect(await running.ended, name).toBe('SIGKILL');
        running = await bench.start();
      }

      const count = Object.keys(moments).length;
      await bench.until(async () => (await items(bench)).length === count + 1);
      await bench.until(async () => bench.receiver.events.size === count);
      await bench.until(async () => (await headlinesOnBoard(bench)).length === count);
      const told = [...bench.receiver.events.values()].map((event) => `${event.type} ${event.data.title}`);
      expect(told.sort()).toEqual(
        Array.from({ length: count }, (_, index) => `article.published Khánh thành trạm bơm moi-${index}`),
      );
      expect(new Set(await headlinesOnBoard(bench)).size).toBe(count);

      running.kill('SIGTERM');
      expect(await running.ended).toBe(0);
    }),
);

async function items(bench: Bench): Promise<unknown[]> {
  return ((await (await bench.get('/feeds/latest.json')).json()) as { items: unknown[] }).items;
}

/** Each post's anchor and headline, as a reader of the page sees them. */
async function headlinesOnBoard(bench: Bench): Promise<string[]> {
  const page = await (await bench.get('/board/board')).text();
  return [...page.matchAll(/<article class="card post" id="[^"]*"/g)].map((match) => match[0]);
}
