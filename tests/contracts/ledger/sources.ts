import { describe, expect, it } from 'vitest';
import type { ArticleRef } from '#src/core/signal.ts';
import type { Ledger } from '#src/stores/ledger.ts';
import { minute, newArticle, start } from '#tests/contracts/ledger/samples.ts';

function ref(externalId: string, change: Partial<ArticleRef> = {}): ArticleRef {
  return { externalId, url: null, title: 'Tin', stamp: '1', sign: 'changed', payload: { n: [1] }, ...change };
}

export function sourceContract(ledger: () => Ledger): void {
  describe('sources', () => {
    const poll = (refs: ArticleRef[], now = start) =>
      ledger().sources.recordPoll({ sourceId: 'portal', refs, cursor: { etag: 'x' }, now, nextPollAt: now + minute });

    it('are due at once on first sight, and that is remembered', async () => {
      const { sources } = ledger();
      const fresh = await sources.state('portal', start);
      expect(fresh).toEqual({
        sourceId: 'portal',
        cursor: null,
        baselineAt: null,
        lastPollAt: null,
        lastSuccessAt: null,
        nextPollAt: start,
        failures: 0,
        lastError: null,
      });
      expect(await sources.state('portal', start + minute)).toEqual(fresh);
      expect(await sources.all()).toEqual([fresh]);
    });

    it('remember failures until a poll succeeds', async () => {
      const { sources } = ledger();
      const failure = { sourceId: 'portal', error: 'no answer', now: start, nextPollAt: start + minute };
      await sources.recordPollFailure(failure);
      await sources.recordPollFailure({ ...failure, now: start + 1 });
      expect(await sources.state('portal', start)).toMatchObject({
        failures: 2,
        lastError: 'no answer',
        lastPollAt: start + 1,
        lastSuccessAt: null,
        baselineAt: null,
        nextPollAt: start + minute,
      });
      await poll([], start + 2);
      await poll([], start + 3);
      expect(await sources.state('portal', start)).toMatchObject({
        cursor: { etag: 'x' },
        failures: 0,
        lastError: null,
        baselineAt: start + 2,
        lastPollAt: start + 3,
        lastSuccessAt: start + 3,
        nextPollAt: start + 3 + minute,
      });
    });

    it('remember a poll without news, with a cursor only where it changed', async () => {
      const { sources } = ledger();
      await poll([]);
      await sources.recordPollFailure({ sourceId: 'portal', error: 'x', now: start + 1, nextPollAt: start + 2 });
      await sources.recordUnchanged({ sourceId: 'portal', now: start + 2, nextPollAt: start + 3 });
      expect(await sources.state('portal', start)).toMatchObject({
        cursor: { etag: 'x' },
        failures: 0,
        lastError: null,
        baselineAt: start,
        lastPollAt: start + 2,
        lastSuccessAt: start + 2,
        nextPollAt: start + 3,
      });
      await sources.recordUnchanged({
        sourceId: 'portal',
        cursor: { etag: 'y' },
        now: start + 3,
        nextPollAt: start + 4,
      });
      expect(await sources.state('portal', start)).toMatchObject({ cursor: { etag: 'y' }, nextPollAt: start + 4 });
    });

    it('make the first poll baseline and no later one, failures before it aside', async () => {
      await ledger().sources.recordPollFailure({ sourceId: 'portal', error: 'x', now: start, nextPollAt: start });
      const first = await poll([ref('b'), ref('a')]);
      expect(first.map((reading) => [reading.ref.externalId, reading.baseline])).toEqual([
        ['b', true],
        ['a', true],
      ]);
      const second = await poll([ref('c'), ref('b', { stamp: '2' })], start + 1);
      expect(second.map((reading) => [reading.ref.externalId, reading.baseline])).toEqual([
        ['c', false],
        ['b', true],
      ]);
      const other = { sourceId: 'desk', refs: [ref('a')], cursor: null, now: start, nextPollAt: start };
      expect(await ledger().sources.recordPoll(other)).toMatchObject([{ baseline: true }]);
    });

    it('give a reading once for a stamp, and again when it differs', async () => {
      const { sources } = ledger();
      const [reading] = await poll([ref('a')]);
      expect(reading).toEqual({
        id: expect.any(String),
        sourceId: 'portal',
        ref: ref('a'),
        baseline: true,
        state: 'due',
        dueAt: start,
        attempts: 0,
        error: null,
        goneCount: 0,
        goneSince: null,
        foundAt: start,
        held: null,
        story: [{ at: start, kind: 'found', detail: null }],
      });
      expect(await poll([ref('a')], start + 1)).toEqual([]);
      await sources.failReading(reading!.id, { error: 'x', retryAt: start + 9, now: start });
      const [again] = await poll([ref('a', { stamp: '2', title: 'Tin mới' })], start + 2);
      expect(again).toMatchObject({ id: reading!.id, dueAt: start + 2, attempts: 0, error: null });
      expect(await sources.reading(reading!.id)).toEqual(again);
      expect(again?.ref.title).toBe('Tin mới');
    });

    it('take the last of two references to one article, and ids of any length', async () => {
      const long = 'ngày '.repeat(2000);
      const readings = await poll([ref('a'), ref(long), ref('a', { stamp: '2' }), ref(`${long}!`)]);
      expect(readings.map((reading) => [reading.ref.externalId, reading.ref.stamp])).toEqual([
        ['a', '2'],
        [long, '1'],
        [`${long}!`, '1'],
      ]);
      expect(await poll([ref(long), ref('a', { stamp: '2' })], start + 1)).toEqual([]);
    });

    it('take what is gone only where it became an article that still stands', async () => {
      const { articles } = ledger();
      const keys = (externalId: string) => ({ sourceId: 'portal', externalId, canonicalUrl: null });
      await poll([ref('a'), ref('b'), ref('c')]);
      await articles.create(newArticle('a1', { keys: keys('a') }));
      await articles.create(newArticle('a2', { keys: keys('b') }));
      await articles.withdraw({ articleId: 'a2', reason: 'test', now: start }, [], []);
      const gone = ['a', 'b', 'c', 'd'].map((id) => ref(id, { sign: 'gone' }));
      const readings = await poll(gone, start + 1);
      expect(readings.map((reading) => reading.ref)).toEqual([ref('a', { sign: 'gone' })]);
      expect(await poll(gone, start + 2)).toEqual([]);
      expect(await poll([ref('a')], start + 3)).toHaveLength(1);
    });

    it('list the readings that are due until they are done or have failed for good', async () => {
      const { sources } = ledger();
      const [a, b, c] = await poll([ref('a'), ref('b'), ref('c')]);
      await sources.finishReading(a!.id, start);
      await sources.failReading(b!.id, { error: 'timeout', retryAt: start + minute, now: start });
      await sources.failReading(c!.id, { error: 'not an article', retryAt: null, now: start });
      expect(await sources.dueReadings(start, 10)).toEqual([]);
      expect(await sources.dueReadings(start + minute, 10)).toMatchObject([
        { id: b!.id, attempts: 1, error: 'timeout', dueAt: start + minute },
      ]);
      expect(await sources.reading(a!.id)).toMatchObject({ state: 'done' });
      expect(await sources.reading(c!.id)).toMatchObject({ state: 'failed', error: 'not an article' });
      expect(await sources.reading('none')).toBeNull();
    });

    it('count how often a reading was begun and neither ended nor let go', async () => {
      const { sources } = ledger();
      const [a] = await poll([ref('a')]);
      const id = a!.id;
      expect([await sources.beginReading(id), await sources.beginReading(id)]).toEqual([1, 2]);
      await sources.letReadingGo(id);
      expect(await sources.beginReading(id)).toBe(1);
      await sources.failReading(id, { error: 'timeout', retryAt: start, now: start });
      expect(await sources.beginReading(id)).toBe(1);
      await sources.finishReading(id, start);
      expect(await sources.beginReading(id)).toBe(1);
      await poll([ref('a', { stamp: '2' })], start + 1);
      expect(await sources.beginReading(id)).toBe(1);
    });

    it('keep a reading due when a newer reference came while the older one was read', async () => {
      const { sources } = ledger();
      const [reading] = await poll([ref('a')]);
      await poll([ref('a', { stamp: '2' })], start + 1);
      expect(await sources.finishReading(reading!.id, start + 2, '1')).toBe(false);
      await sources.failReading(reading!.id, { error: 'x', retryAt: null, now: start + 2, stamp: '1' });
      expect(await sources.reading(reading!.id)).toMatchObject({ state: 'due', attempts: 0 });
      expect(await sources.finishReading(reading!.id, start + 2, '2')).toBe(true);
      expect(await sources.reading(reading!.id)).toMatchObject({ state: 'done' });
    });

    it('count how often in a row a page was missing', async () => {
      const { sources } = ledger();
      const [reading] = await poll([ref('a')]);
      expect(await sources.countGone(reading!.id, start + 1, start + minute)).toEqual({ count: 1, since: start + 1 });
      expect(await sources.countGone(reading!.id, start + 2, start + minute)).toEqual({ count: 2, since: start + 1 });
      expect(await sources.reading(reading!.id)).toMatchObject({ state: 'due', dueAt: start + minute, goneCount: 2 });
      await sources.finishReading(reading!.id, start + 3);
      expect(await sources.reading(reading!.id)).toMatchObject({ goneCount: 0, goneSince: null });
    });

    it('store a first poll of thousands', async () => {
      const many = Array.from({ length: 2000 }, (_, index) => ref(`tin-${index}`));
      expect(await poll(many)).toHaveLength(2000);
      expect(await poll(many, start + 1)).toEqual([]);
      expect(await ledger().sources.dueReadings(start, 5)).toHaveLength(5);
    });
  });
}
