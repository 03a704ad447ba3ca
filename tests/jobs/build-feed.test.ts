import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { buildFeed } from '#jobs/build-feed.ts';
import type { Deps } from '#jobs/deps.ts';
import { createEntryCache } from '#src/feeds/entry-cache.ts';
import { formats } from '#src/feeds/registry.ts';
import { type JobBench, openJobBench } from '#tests/fakes/job-bench.ts';
import { memoryFiles } from '#tests/fakes/memory-files.ts';

const feedId = 'latest';
let bench: JobBench;
let deps: Deps;
let store: ReturnType<typeof memoryFiles>;

beforeAll(async () => {
  bench = await openJobBench();
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.reset();
  store = memoryFiles();
  deps = Object.assign(bench.deps, { files: store.files, formats, entryCache: createEntryCache() });
  await deps.ledger.feeds.touch([feedId]);
});

test('a build holds what was wanted when it began', async () => {
  await bench.run(buildFeed, { feedId });
  expect(await deps.ledger.feeds.state(feedId)).toMatchObject({ wanted: 1, built: 1, error: null });
  expect(store.contents.has(`feeds/${feedId}.rss.json`)).toBe(true);
  expect(bench.added).toEqual([]);
});

test('a build that a newer one has overtaken, in another process, is followed by one more', async () => {
  const { write } = store.files;
  let isOvertaken = false;
  store.files.write = async (name, content) => {
    if (!isOvertaken) {
      isOvertaken = true;
      await deps.ledger.feeds.touch([feedId]);
      await deps.ledger.feeds.recordBuild(feedId, { wanted: 2, entries: 1, now: bench.clock.now(), error: null });
    }
    await write(name, content);
  };
  await bench.run(buildFeed, { feedId });
  expect(await deps.ledger.feeds.state(feedId)).toMatchObject({ wanted: 3, built: 2 });
  expect(bench.added).toEqual([{ kind: 'build-feed', payload: { feedId } }]);
});
