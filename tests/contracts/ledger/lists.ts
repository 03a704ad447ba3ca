import { describe, expect, it } from 'vitest';
import type { Article } from '#src/core/article.ts';
import { matches } from '#src/core/only.ts';
import type { Only } from '#src/core/settings.ts';
import type { Ledger } from '#src/stores/ledger.ts';
import { minute, newArticle, newRevision, sampleArticle, start } from '#tests/contracts/ledger/samples.ts';

const samples: [string, string, Partial<Article>][] = [
  ['a1', 'portal', { section: 'Thời sự', tags: ['Giao thông'], language: 'vi', publishedAt: '2026-11-25T01:00:00Z' }],
  ['a2', 'portal', { section: 'THỂ THAO', tags: ['nội bộ', 'bóng đá'], language: 'vi-VN', publishedAt: null }],
  ['a3', 'desk', { section: null, tags: [], language: 'th', publishedAt: '2026-11-25T03:00:00Z' }],
  ['a4', 'desk', { section: 'Thời Sự'.normalize('NFD'), tags: ['nội bộ'], language: 'en', publishedAt: 'no date' }],
];

const filters: [string, Only][] = [
  ['a section, whatever its case and Unicode form', { section: ['thời sự'] }],
  ['any of some sections', { section: ['thời sự', 'Thể thao'] }],
  ['a tag', { tag: ['NỘI BỘ'] }],
  ['a source', { source: ['desk'] }],
  ['a language with its regions', { language: ['vi'] }],
  ['section and tag together', { section: ['Thời sự'], tag: ['nội bộ'] }],
  ['not a tag', { not: { tag: ['nội bộ'] } }],
  ['neither a tag nor a source', { not: { tag: ['giao thông'], source: ['desk'] } }],
  ['no section, articles without one included', { not: { section: ['Thời sự'] } }],
  ['one and not the other', { language: ['vi', 'en'], not: { section: ['thể thao'] } }],
  ['nothing where no value is given', { section: [] }],
  ['no language where none is given', { language: [] }],
];

export function listContract(ledger: () => Ledger): void {
  describe('lists of articles', () => {
    const store = async () => {
      const { articles } = ledger();
      for (const [index, [id, sourceId, change]] of samples.entries()) {
        const keys = { ...newArticle(id).keys, sourceId };
        await articles.create(newArticle(id, { keys, article: sampleArticle(change), now: start + index }));
      }
      return articles;
    };
    const ids = (list: { id: string }[]) => list.map(({ id }) => id);

    it('go from the newest publication on, first seen where there is none', async () => {
      const articles = await store();
      expect(ids(await articles.list({ limit: 10 }))).toEqual(['a4', 'a2', 'a3', 'a1']);
      expect(ids(await articles.list({ limit: 2, offset: 1 }))).toEqual(['a2', 'a3']);
      expect(await articles.ids({ limit: 3 })).toEqual(['a4', 'a2', 'a3']);
    });

    it('put what is to come where it was seen, below all that is newer', async () => {
      const { articles } = ledger();
      const ahead = sampleArticle({ publishedAt: new Date(start + 60 * minute).toISOString() });
      await articles.create(newArticle('a1', { article: ahead }));
      await articles.revise(newRevision('a1', 1, { article: ahead, now: start + 1 }));
      await articles.markReady('a1', 2, start + 2, []);
      const next = sampleArticle({ publishedAt: null });
      await articles.create(newArticle('a2', { article: next, now: start + 3 }));
      await articles.markReady('a2', 1, start + 4, []);
      expect(ids(await articles.list({ limit: 10 }))).toEqual(['a2', 'a1']);
      expect(ids(await articles.list({ limit: 10, ready: true }))).toEqual(['a2', 'a1']);
    });

    it('filter as the core does', async () => {
      const articles = await store();
      const all = await articles.list({ limit: 10 });
      for (const [name, only] of filters) {
        const wanted = ids(all.filter((article) => matches(only, article)));
        expect(ids(await articles.list({ limit: 10, only })), name).toEqual(wanted);
        expect(await articles.count({ only }), name).toBe(wanted.length);
      }
      expect(await articles.count({ only: null })).toBe(4);
    });

    it('tell articles by state', async () => {
      const articles = await store();
      await articles.withdraw({ articleId: 'a2', reason: 'test', now: start }, [], []);
      expect(ids(await articles.list({ limit: 10, state: 'withdrawn' }))).toEqual(['a2']);
      expect(await articles.count({ state: 'live' })).toBe(3);
      expect(await articles.count({ state: 'held' })).toBe(0);
    });

    it('show feeds the ready revision, of live articles alone', async () => {
      const articles = await store();
      for (const id of ['a1', 'a2', 'a3', 'a4']) await articles.markReady(id, 1, start, []);
      await articles.hold('a4', start, []);
      await articles.withdraw({ articleId: 'a3', reason: 'test', now: start }, [], []);
      const newer = sampleArticle({ headline: 'Mới', section: 'Kinh tế', publishedAt: '2026-11-25T09:00:00Z' });
      await articles.revise(newRevision('a1', 1, { article: newer }));
      const ready = await articles.list({ limit: 10, ready: true });
      expect(ids(ready)).toEqual(['a2', 'a1']);
      expect(ready[1]).toMatchObject({ revision: 1, readyRevision: 1, section: 'Thời sự' });
      expect(await articles.count({ ready: true, only: { section: ['kinh tế'] } })).toBe(0);
      await articles.markReady('a1', 2, start, []);
      expect(await articles.list({ limit: 1, ready: true })).toMatchObject([
        { id: 'a1', revision: 2, headline: 'Mới' },
      ]);
    });
  });
}
