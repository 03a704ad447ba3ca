import { describe, expect, it } from 'vitest';
import type { Ledger } from '#src/stores/ledger.ts';
import {
  createRow,
  editRow,
  minute,
  newArticle,
  newRevision,
  sampleArticle,
  start,
} from '#tests/contracts/ledger/samples.ts';

export function articleContract(ledger: () => Ledger): void {
  describe('articles', () => {
    it('gives back what was stored, word for word', async () => {
      const { articles } = ledger();
      const { article } = await articles.create(newArticle('a1'));
      expect(article).toEqual({
        ...sampleArticle(),
        id: 'a1',
        entryId: 'tag:bao.example,2026-11-25:a1',
        revision: 1,
        state: 'live',
        sourceId: 'portal',
        firstSeenAt: '2026-11-25T08:00:00.000Z',
        revisedAt: '2026-11-25T08:00:00.000Z',
        baseline: false,
        readyRevision: 0,
      });
      expect(await articles.get('a1')).toEqual(article);
      expect(await articles.get('a2')).toBeNull();
    });

    it('stores scripts of every direction, and drops U+0000 and half characters', async () => {
      const { articles } = ledger();
      const headline = 'ข่าวด่วน عاجل 速報 👩‍👩‍👧 \\u0000 "x"';
      await articles.create(
        newArticle('a1', { article: sampleArticle({ headline: `${headline}\0`, lead: 'a\ud800b' }) }),
      );
      expect(await articles.get('a1')).toMatchObject({ headline, lead: 'a\ufffdb' });
    });

    it('finds an article by its source and id, then by its address', async () => {
      const { articles } = ledger();
      await articles.create(newArticle('a1'));
      const keys = newArticle('a1').keys;
      const byId = await articles.find({ ...keys, canonicalUrl: null });
      expect(byId).toMatchObject({ stored: { id: 'a1' }, contentHash: 'hash-a1-1' });
      expect(await articles.find({ ...keys, externalId: 'other' })).toEqual(byId);
      expect(await articles.find({ ...keys, sourceId: 'desk' })).toEqual(byId);
      expect(await articles.find({ sourceId: 'desk', externalId: keys.externalId, canonicalUrl: null })).toBeNull();
    });

    it('keeps ids and addresses of any length', async () => {
      const { articles } = ledger();
      const long = Array.from({ length: 900 }, (_, index) => `khóa${index}`).join('/');
      const keys = { sourceId: 'portal', externalId: long, canonicalUrl: `https://bao.example/${long}` };
      await articles.create(newArticle('a1', { keys }));
      expect(await articles.find({ ...keys, canonicalUrl: null })).toMatchObject({ stored: { id: 'a1' } });
      expect(await articles.find({ ...keys, externalId: `${long}.` })).toMatchObject({ stored: { id: 'a1' } });
      expect(await articles.find({ ...keys, externalId: `${long}.`, canonicalUrl: null })).toBeNull();
    });

    it('joins further keys, and leaves those that lead elsewhere', async () => {
      const { articles } = ledger();
      await articles.create(newArticle('a1'));
      await articles.create(newArticle('a2'));
      const desk = { sourceId: 'desk', externalId: 'cau-moi.txt', canonicalUrl: 'https://bao.example/a2' };
      await articles.addKeys('a1', desk);
      await articles.addKeys('a1', desk);
      expect(await articles.find({ ...desk, canonicalUrl: null })).toMatchObject({ stored: { id: 'a1' } });
      expect(await articles.find({ ...desk, externalId: 'new' })).toMatchObject({ stored: { id: 'a2' } });
    });

    it('refuses a second article under a known id or address and keeps nothing of it', async () => {
      const { articles, deliveries } = ledger();
      await articles.create(newArticle('a1'));
      const sameId = newArticle('a2', { keys: { ...newArticle('a1').keys, canonicalUrl: null } });
      const sameUrl = newArticle('a3', {
        keys: { ...newArticle('a1').keys, sourceId: 'desk' },
        deliveries: [createRow('board')],
      });
      await expect(articles.create(sameId)).rejects.toThrow('meanwhile');
      await expect(articles.create(sameUrl)).rejects.toThrow('meanwhile');
      expect(await articles.count()).toBe(1);
      expect(await deliveries.list({ limit: 10 })).toEqual([]);
    });

    it('writes a revision with its rows, and keeps the one before', async () => {
      const { articles } = ledger();
      await articles.create(newArticle('a1'));
      const written = await articles.revise(newRevision('a1', 1, { deliveries: [editRow('board', 2)] }));
      expect(written?.article).toMatchObject({ revision: 2, headline: 'Cầu mới, bản 2', readyRevision: 0 });
      expect(written?.article.revisedAt).toBe('2026-11-25T08:01:00.000Z');
      expect(written?.deliveries).toMatchObject([{ op: 'edit', revision: 2, state: 'waiting', dueAt: null }]);
      expect(await articles.revision('a1', 1)).toMatchObject({ revision: 1, headline: sampleArticle().headline });
      expect(await articles.revision('a1', 3)).toBeNull();
      expect(await articles.find(newArticle('a1').keys)).toMatchObject({ contentHash: 'hash-a1-2' });
    });

    it('refuses a revision that follows another than the newest', async () => {
      const { articles, deliveries } = ledger();
      await articles.create(newArticle('a1'));
      const both = await Promise.all([
        articles.revise(newRevision('a1', 1, { deliveries: [editRow('board', 2)] })),
        articles.revise(newRevision('a1', 1, { deliveries: [editRow('board', 2, { key: 'other' })] })),
      ]);
      expect(both.filter(Boolean)).toHaveLength(1);
      expect(await articles.revise(newRevision('a1', 3))).toBeNull();
      expect(await articles.revise(newRevision('none', 1))).toBeNull();
      expect(await deliveries.list({ limit: 10 })).toHaveLength(1);
    });

    it('writes one create per channel for ever, also from revisions at once', async () => {
      const { articles, deliveries } = ledger();
      await articles.create(newArticle('a1', { deliveries: [createRow('board'), createRow('mail')] }));
      const again = (revision: number) =>
        articles.revise(
          newRevision('a1', revision, {
            deliveries: [createRow('board', { key: `again-${revision}` }), createRow('hook')],
          }),
        );
      const written = await Promise.all([again(1), again(2), again(3)]);
      // Whoever comes before the revision it follows is told to look again.
      expect(written.flatMap((one) => one?.deliveries.map((row) => row.channelId) ?? [])).toEqual(['hook']);
      const rows = await deliveries.list({ limit: 10 });
      expect(rows.map((row) => row.channelId).sort()).toEqual(['board', 'hook', 'mail']);
    });

    it('ends edits that are still pending when a newer one is written', async () => {
      const { articles, deliveries } = ledger();
      await articles.create(newArticle('a1', { deliveries: [createRow('board')] }));
      await articles.revise(newRevision('a1', 1, { deliveries: [editRow('board', 2), editRow('mail', 2)] }));
      await articles.revise(newRevision('a1', 2, { deliveries: [editRow('board', 3)] }));
      const rows = await deliveries.list({ limit: 10 });
      expect(rows.find((row) => row.key === 'board-edit-2')).toMatchObject({
        state: 'skipped',
        reason: 'superseded by revision 3',
      });
      expect(
        rows
          .filter((row) => row.state === 'waiting')
          .map((row) => row.key)
          .sort(),
      ).toEqual(['board-create', 'board-edit-3', 'mail-edit-2']);
    });

    it('frees the rows of a ready revision, none before its time', async () => {
      const { articles, deliveries } = ledger();
      const rows = [
        createRow('board'),
        createRow('mail', { notBefore: start + 10 * minute }),
        createRow('hook', { state: 'skipped', reason: 'not this section' }),
      ];
      await articles.create(newArticle('a1', { deliveries: rows }));
      await articles.revise(newRevision('a1', 1, { deliveries: [editRow('old', 2)] }));
      expect(await articles.markReady('a1', 1, start + minute, [])).toBe(true);
      const times = async () =>
        Object.fromEntries(
          (await deliveries.list({ limit: 9 })).map((row) => [row.channelId, [row.freeAt, row.dueAt]]),
        );
      expect(await times()).toEqual({
        board: [start + minute, start + minute],
        mail: [start + 10 * minute, start + 10 * minute],
        hook: [null, null],
        old: [null, null],
      });
      expect(await articles.markReady('a1', 2, start + 3 * minute, [])).toBe(true);
      expect(await times()).toMatchObject({
        board: [start + minute, start + minute],
        old: [start + 3 * minute, start + 3 * minute],
      });
    });

    it('is ready once, and never goes back to an older revision', async () => {
      const { articles } = ledger();
      await articles.create(newArticle('a1'));
      await articles.revise(newRevision('a1', 1));
      expect(await articles.markReady('a1', 2, start, [])).toBe(true);
      expect(await articles.markReady('a1', 2, start, [])).toBe(false);
      expect(await articles.markReady('a1', 1, start, [])).toBe(false);
      expect(await articles.markReady('a1', 3, start, [])).toBe(false);
      expect(await articles.get('a1')).toMatchObject({ readyRevision: 2 });
    });

    it('lists what is not ready for too long, the oldest first', async () => {
      const { articles } = ledger();
      for (const [index, id] of ['a1', 'a2', 'a3', 'a4'].entries()) {
        await articles.create(newArticle(id, { now: start - index * minute }));
      }
      await articles.markReady('a3', 1, start, []);
      await articles.withdraw({ articleId: 'a4', reason: 'test', now: start }, [], []);
      expect(await articles.unready(start + 1, 10)).toEqual([
        { id: 'a2', revision: 1 },
        { id: 'a1', revision: 1 },
      ]);
      expect(await articles.unready(start, 10)).toEqual([{ id: 'a2', revision: 1 }]);
      expect(await articles.unready(start + 1, 1)).toHaveLength(1);
    });

    it('wants its feeds built when it becomes ready, is held, released or withdrawn', async () => {
      const { articles, feeds } = ledger();
      await articles.create(newArticle('a1'));
      const wanted = async () => (await feeds.state('latest')).wanted;
      await articles.markReady('a1', 1, start, ['latest']);
      await articles.markReady('a1', 1, start, ['latest']);
      expect(await wanted()).toBe(1);
      await articles.hold('a1', start, ['latest']);
      await articles.release('a1', start, ['latest']);
      expect(await wanted()).toBe(3);
      await articles.withdraw({ articleId: 'a1', reason: 'test', now: start }, [], ['latest']);
      await articles.withdraw({ articleId: 'a1', reason: 'test', now: start }, [], ['latest']);
      expect(await wanted()).toBe(4);
    });

    it('is held and released by hand, and not once it is withdrawn', async () => {
      const { articles } = ledger();
      await articles.create(newArticle('a1'));
      expect(await articles.release('a1', start, [])).toBe(false);
      expect(await articles.hold('a1', start, [])).toBe(true);
      expect(await articles.hold('a1', start, [])).toBe(false);
      expect(await articles.get('a1')).toMatchObject({ state: 'held' });
      expect(await articles.release('a1', start, [])).toBe(true);
      expect(await articles.get('a1')).toMatchObject({ state: 'live' });
      await articles.withdraw({ articleId: 'a1', reason: 'test', now: start }, [], []);
      expect(await articles.hold('a1', start, [])).toBe(false);
      expect((await articles.events('a1')).map((event) => event.kind)).toEqual([
        'first seen',
        'held',
        'released',
        'withdrawn',
      ]);
    });

    it('tells what happened, the oldest first', async () => {
      const { articles } = ledger();
      await articles.create(newArticle('a1'));
      await articles.revise(newRevision('a1', 1, { changes: ['headline', 'photos'] }));
      await articles.markReady('a1', 2, start + 2 * minute, []);
      await articles.withdraw({ articleId: 'a1', reason: 'the page is gone', now: start + 3 * minute }, [], []);
      expect(await articles.events('a1')).toEqual([
        { at: start, kind: 'first seen', revision: 1, detail: null },
        { at: start + minute, kind: 'revised', revision: 2, detail: 'headline, photos' },
        { at: start + 2 * minute, kind: 'ready', revision: 2, detail: null },
        { at: start + 3 * minute, kind: 'withdrawn', revision: 2, detail: 'the page is gone' },
      ]);
    });
  });
}
