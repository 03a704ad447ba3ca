import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Cursor } from '#src/core/signal.ts';
import type { Source, SourceTools } from '#src/sources/source.ts';
import type { ManualClock } from '#tests/fakes/manual-clock.ts';

/** One kind of source over a small newsroom that the bench plays. */
export interface SourceBench<S> {
  settings: S;
  tools: SourceTools;
  clock: ManualClock;
  /** Publishes or replaces the article called `name`; true to life, over HTTP or on disk. */
  publish(name: string, headline: string): Promise<void>;
  /** Makes the next polls fail. */
  breakDown(): Promise<void>;
  close(): Promise<void>;
}

/** What every source keeps to. */
export function sourceContract<S>(source: Source<S>, open: () => Promise<SourceBench<S>>): void {
  describe(`the contract of sources, kept by ${source.kind}`, () => {
    let bench: SourceBench<S>;
    beforeEach(async () => {
      bench = await open();
    });
    afterEach(() => bench.close());

    const poll = (cursor: Cursor) => source.poll(JSON.parse(JSON.stringify(cursor)), bench.settings, bench.tools);

    it('finds what is there, in references that survive being stored', async () => {
      await bench.publish('one', 'Cầu mới thông xe');
      await bench.publish('two', 'Mưa lớn ở miền núi');
      const { refs, unchanged } = await poll(null);
      expect(unchanged).toBe(false);
      expect(refs).toHaveLength(2);
      expect(new Set(refs.map(({ externalId }) => externalId)).size).toBe(2);
      expect(JSON.parse(JSON.stringify(refs))).toEqual(refs);
    });

    it('says nothing twice', async () => {
      await bench.publish('one', 'Cầu mới thông xe');
      const first = await poll(null);
      expect(await poll(first.cursor)).toMatchObject({ refs: [], unchanged: true });
    });

    it('tells of a change under the same id with another stamp', async () => {
      await bench.publish('one', 'Cầu mới thông xe');
      const first = await poll(null);
      await bench.publish('one', 'Cầu mới thông xe sớm một tháng');
      const second = await poll(first.cursor);
      expect(second.refs.map(({ externalId }) => externalId)).toEqual([first.refs[0]?.externalId]);
      expect(second.refs[0]?.stamp).not.toBe(first.refs[0]?.stamp);
    });

    it('reads what it told of', async () => {
      await bench.publish('one', 'Cầu mới thông xe');
      const { refs } = await poll(null);
      const raw = await source.read(JSON.parse(JSON.stringify(refs[0])), bench.settings, bench.tools);
      expect(JSON.stringify(raw)).toContain('Cầu mới thông xe');
    });

    it('fails with a sentence, and goes on afterwards from where it was', async () => {
      await bench.publish('one', 'Cầu mới thông xe');
      const first = await poll(null);
      await bench.breakDown();
      await expect(poll(first.cursor)).rejects.toThrow(/\w+ .*\w+/);
    });

    it('says where it looks', () => {
      expect(source.describe(bench.settings).length).toBeGreaterThan(3);
      expect(source.summary).toMatch(/^[A-Z].*\.$/);
    });
  });
}
