import { describe, expect, it } from 'vitest';
import type { ArticleRef } from '#src/core/signal.ts';
import { ArticleExists } from '#src/stores/articles.ts';
import type { Ledger } from '#src/stores/ledger.ts';
import type { Hold } from '#src/stores/sources.ts';
import { createRow, minute, newArticle, newRevision, sampleArticle, start } from '#tests/contracts/ledger/samples.ts';

export function identityContract(ledger: () => Ledger): void {
  describe('known stories', () => {
    const keys = (externalId: string, address: string | null = null) => {
      return { sourceId: 'portal', externalId, canonicalUrl: address };
    };
    const marked = (id: string, marks: string[], change: Parameters<typeof newArticle>[1] = {}) =>
      newArticle(id, { keys: keys(`guid-${id}`, `https://bao.example/${id}`), marks, ...change });

    it('are found by name and address first, then by the marks they share', async () => {
      const { articles } = ledger();
      await articles.create(marked('a1', ['x', 'y', 'z']));
      await articles.create(marked('a2', ['x']));
      await articles.create(marked('a3', ['x', 'y']));
      await articles.create(marked('a4', ['w']));
      const found = await articles.candidates({
        keys: { ...keys('other', 'https://bao.example/a4'), addresses: ['https://bao.example/a2'] },
        marks: ['x', 'y', 'q'],
        limit: 3,
      });
      expect(
        found
          .map(({ stored }) => stored.id)
          .slice(0, 2)
          .sort(),
      ).toEqual(['a2', 'a4']);
      expect(found[2]).toMatchObject({
        stored: { id: 'a1' },
        contentFrom: 'portal',
        withdrawnBy: null,
        names: [{ sourceId: 'portal', externalId: 'guid-a1' }],
        addresses: ['https://bao.example/a1'],
      });
      expect(await articles.candidates({ keys: keys('none'), marks: [], limit: 3 })).toEqual([]);
    });

    it('have the name and address as they were asked for, however long', async () => {
      const { articles } = ledger();
      const long = keys('khóa/'.repeat(900), `https://bao.example/${'tin-'.repeat(900)}`);
      await articles.create(newArticle('a1', { keys: long }));
      const [known] = await articles.candidates({ keys: long, marks: [], limit: 3 });
      expect(known?.names).toEqual([{ sourceId: 'portal', externalId: long.externalId }]);
      expect(known?.addresses).toEqual([long.canonicalUrl]);
    });

    it('are created once, of readings at the same moment that share only the mark at which they wait', async () => {
      const { articles } = ledger();
      const tries = Array.from({ length: 8 }, (_, n) =>
        articles.create(marked(`a${n}`, ['d:tin', `c:${n}`], { lock: 'd:tin' })),
      );
      const made = await Promise.allSettled(tries);
      expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const one of made) if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(ArticleExists);
      expect(await articles.count()).toBe(1);
    });

    it('that were found to be other stories stand in nobody’s way, and leave a name that is used again', async () => {
      const { articles } = ledger();
      const page = keys('https://bao.example/truc-tiep', 'https://bao.example/truc-tiep#1');
      await articles.create(newArticle('a1', { keys: page, marks: ['d:tin'] }));
      await articles.create(newArticle('a2', { keys: page, marks: ['d:tin'], lock: 'd:tin', others: ['a1'] }));
      expect(await articles.find({ ...page, canonicalUrl: null })).toMatchObject({ stored: { id: 'a2' } });
      await expect(
        articles.create(newArticle('a3', { keys: page, marks: [], lock: 'd:tin', others: ['a1'] })),
      ).rejects.toThrow(ArticleExists);
    });

    it('get a further name once, as an event', async () => {
      const { articles } = ledger();
      await articles.create(marked('a1', ['x']));
      const joined = { marks: ['y'], detail: 'source desk has it too, as 1: the same address', now: start + minute };
      const desk = { sourceId: 'desk', externalId: '1', canonicalUrl: 'https://bao.example/a1' };
      expect(await articles.addKeys('a1', desk, joined)).toBe(true);
      expect(await articles.addKeys('a1', desk, joined)).toBe(false);
      expect(await articles.addKeys('none', desk, joined)).toBe(false);
      const events = await articles.events('a1');
      expect(events.map(({ kind, detail }) => [kind, detail])).toEqual([
        ['first seen', null],
        ['joined', joined.detail],
      ]);
      const [known] = await articles.candidates({ keys: keys('none'), marks: ['y'], limit: 1 });
      expect(known?.names).toHaveLength(2);
    });

    it('know whose text they have, and are found by an address in any form or a name', async () => {
      const { articles } = ledger();
      const url = 'https://bao.example/cau-moi-781204.html';
      await articles.create(newArticle('a1', { keys: keys('guid-a1', url) }));
      await articles.revise(newRevision('a1', 1, { keys: { ...keys('1'), sourceId: 'desk' } }));
      const [known] = await articles.candidates({ keys: keys('guid-a1'), marks: [], limit: 1 });
      expect(known).toMatchObject({ contentFrom: 'desk' });
      for (const of of [url, 'http://m.bao.example/cau-moi-781204.html?utm_source=x', 'guid-a1', '1'])
        expect(await articles.byClue(of), of).toMatchObject({ id: 'a1' });
      expect(await articles.byClue('https://bao.example/khac-781205.html')).toBeNull();
    });

    it('come back after the newsroom’s withdrawal, and are told by whom they were withdrawn', async () => {
      const { articles } = ledger();
      await articles.create(marked('a1', []));
      await articles.withdraw({ articleId: 'a1', reason: '410', by: 'newsroom', now: start }, [], []);
      const known = async () => (await articles.candidates({ keys: keys('guid-a1'), marks: [], limit: 1 }))[0];
      expect(await known()).toMatchObject({ withdrawnBy: 'newsroom', stored: { state: 'withdrawn' } });
      const back = await articles.revise(newRevision('a1', 1, { returned: true, changes: ['returned'] }));
      expect(back?.article).toMatchObject({ state: 'live', revision: 2 });
      expect((await articles.events('a1')).at(-1)).toMatchObject({ kind: 'returned', revision: 2 });
      await articles.withdraw({ articleId: 'a1', reason: 'by hand', now: start }, [], []);
      expect(await known()).toMatchObject({ withdrawnBy: 'person' });
    });
  });

  describe('what is held', () => {
    const ref = (externalId: string, change: Partial<ArticleRef> = {}): ArticleRef => {
      return { externalId, url: null, title: 'Tin', stamp: '1', sign: 'changed', payload: null, ...change };
    };
    const poll = (refs: ArticleRef[], now: number, holds: [string, Hold][] = []) =>
      ledger().sources.recordPoll({
        ...{ sourceId: 'portal', refs, cursor: null, now, nextPollAt: now, holds: new Map(holds) },
      });

    it('for a shift is not read, with what stands there by now, until it is let go', async () => {
      const { sources, holds } = ledger();
      await poll([ref('a')], start);
      expect(await poll([ref('b'), ref('a', { stamp: '2' })], start + 1, [['b', 'shift']])).toMatchObject([
        { ref: { externalId: 'a' } },
      ]);
      expect(await poll([ref('b', { stamp: '2' })], start + 2)).toEqual([]);
      const [held] = await holds.list('portal', 'shift');
      expect(held).toMatchObject({ state: 'held', held: 'shift', foundAt: start + 1, ref: { stamp: '2' } });
      expect(held?.story.map(({ kind }) => kind)).toEqual(['found', 'shift', 'found']);
      expect(await holds.counts()).toEqual([{ sourceId: 'portal', hold: 'shift', count: 1 }]);
      expect((await sources.dueReadings(start + minute, 9)).map(({ ref: due }) => due.externalId)).toEqual(['a']);

      expect(await holds.letGo([held!.id], 'burst', start + 3)).toMatchObject([{ state: 'due', held: 'burst' }]);
      await sources.finishReading(held!.id, start + 4);
      expect(await holds.letGo([held!.id], 'seen', start + 5)).toEqual([]);
      expect(await sources.reading(held!.id)).toMatchObject({ state: 'done', held: 'seen' });
      expect(await holds.counts()).toEqual([]);
    });

    it('for a shift is folded once', async () => {
      const { articles, holds, sources } = ledger();
      await articles.create(newArticle('a1'));
      await poll([], start);
      await poll([ref('new')], start + 1, [['new', 'shift']]);
      const [held] = await holds.list('portal', 'shift');
      const keys = { sourceId: 'portal', externalId: 'new', canonicalUrl: null };
      const fold = { readingId: held!.id, articleId: 'a1', keys, detail: 'renamed', now: start + 2 };
      expect(await holds.fold(fold)).toBe(true);
      expect(await holds.fold(fold)).toBe(false);
      expect(await articles.find(keys)).toMatchObject({ stored: { id: 'a1' } });
      expect((await articles.events('a1')).at(-1)).toMatchObject({ kind: 'joined', detail: 'renamed' });
      expect(await sources.reading(held!.id)).toMatchObject({ state: 'done', held: null });
      expect(await holds.articlesOf([held!.id])).toEqual(new Map([[held!.id, 'a1']]));
    });

    it('is judged by what is known of the source: its ids, addresses, and headlines that head one article', async () => {
      const { articles, holds } = ledger();
      await poll([ref('a')], start);
      const make = (id: string, marks: string[]) => articles.create(newArticle(id, { marks }));
      await make('a1', ['h:một']);
      await make('a2', ['h:hai']);
      await make('a3', ['h:hai']);
      await articles.create(
        newArticle('a4', { marks: ['h:bốn'], keys: { ...newArticle('a4').keys, sourceId: 'desk' } }),
      );
      const known = await holds.known('portal', {
        externalIds: ['a', 'guid-a2', 'b'],
        addresses: ['https://bao.example/a3', 'https://bao.example/a4'],
        titles: ['h:một', 'h:hai', 'h:bốn'],
      });
      expect(known.ids).toEqual(new Set(['a', 'guid-a2']));
      expect(known.byAddress).toEqual(new Map([['https://bao.example/a3', 'a3']]));
      expect(known.byTitle).toEqual(new Map([['h:một', 'a1']]));
    });

    it('as posts is decided row by row, and only where nobody touched them', async () => {
      const { articles, deliveries, holds } = ledger();
      const never = Date.UTC(9999, 0);
      const rows = ['board', 'mail', 'hook'].map((id) => createRow(id, { notBefore: never, reason: 'burst' }));
      const { deliveries: made } = await articles.create(newArticle('a1', { deliveries: rows }));
      await articles.markReady('a1', 1, start, []);
      await deliveries.move(made[2]!.id, ['waiting'], 'cancelled', { reason: 'by hand', now: start });
      const planned = [
        createRow('board', { notBefore: start + minute, reason: null }),
        createRow('mail', { state: 'skipped', reason: 'seen' }),
        createRow('hook', { notBefore: start }),
      ];
      const due = await holds.decidePosts('a1', planned, start + 1);
      expect(due).toMatchObject([{ channelId: 'board', dueAt: start + minute, freeAt: start + minute, reason: null }]);
      const all = await deliveries.list({ limit: 9 });
      expect(Object.fromEntries(all.map(({ channelId, state }) => [channelId, state]))).toEqual({
        ...{ board: 'waiting', mail: 'skipped', hook: 'cancelled' },
      });
    });

    it('of an article is known by its other names, and counted by source', async () => {
      const { articles, sources, figures } = ledger();
      await articles.create(newArticle('a1', { article: sampleArticle() }));
      const [first] = await poll([ref('guid-a1', { url: 'https://bao.example/cu' })], start);
      const desk = { sourceId: 'desk', externalId: '1', canonicalUrl: null };
      await articles.addKeys('a1', desk);
      const refs = [ref('1', { url: 'https://bao.example/moi' })];
      const polled = { sourceId: 'desk', refs, cursor: null, now: start + 1, nextPollAt: start };
      const [second] = await sources.recordPoll(polled);
      const others = [{ id: second!.id, sourceId: 'desk', url: 'https://bao.example/moi', foundAt: start + 1 }];
      expect(await articles.otherReadings('a1', newArticle('a1').keys)).toEqual(others);
      await sources.finishReading(second!.id, start + 2);
      expect(await articles.otherReadings('a1', newArticle('a1').keys)).toEqual(others);
      await sources.finishReading(second!.id, start + 2, undefined, undefined, 'missing');
      expect(await articles.otherReadings('a1', newArticle('a1').keys)).toEqual([]);
      await sources.finishReading(second!.id, start + 2);
      expect(await articles.otherReadings('a1', newArticle('a1').keys)).toEqual(others);
      await sources.countGone(second!.id, start + 2, start + minute);
      expect(await articles.otherReadings('a1', newArticle('a1').keys)).toEqual([]);
      expect((await sources.readingsOf('a1')).map(({ id }) => id)).toEqual([first!.id, second!.id]);
      expect((await sources.findReadings('https://bao.example/moi')).map(({ id }) => id)).toEqual([second!.id]);
      expect(await figures.sources()).toEqual([{ sourceId: 'portal', articles: 1 }]);
    });
  });
}
