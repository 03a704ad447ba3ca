import { describe, expect, it } from 'vitest';
import { waitsForApproval } from '#src/core/delivery.ts';
import type { Ledger } from '#src/stores/ledger.ts';
import { createRow, editRow, minute, newArticle, newRevision, start } from '#tests/contracts/ledger/samples.ts';
import { somePost } from '#tests/fakes/posts.ts';

const never = Date.UTC(9999, 0);
const toApprove = { reason: waitsForApproval, notBefore: never };

/** What goes out once a person has read it. */
export function approvalContract(ledger: () => Ledger): void {
  async function waiting() {
    const { articles, deliveries } = ledger();
    await articles.create(newArticle('article001', { deliveries: [createRow('board', toApprove)] }));
    await articles.markReady('article001', 1, start, []);
    const [row] = await deliveries.list({ limit: 10 });
    return row!;
  }

  describe('approval', () => {
    it('freezes the post, says who and when, and lets it go', async () => {
      const { deliveries } = ledger();
      const { id } = await waiting();
      const now = start + 90 * minute;
      const post = somePost();
      expect(await deliveries.due(now, 10)).toEqual([]);
      expect(await deliveries.approve(id, { post, by: 'anna', now, dueAt: now, reason: null })).toBe(true);
      expect(await deliveries.get(id)).toMatchObject({
        ...{ state: 'waiting', reason: null, post, dueAt: now, freeAt: now },
        approved: { by: 'anna', at: now },
      });
      expect(await deliveries.due(now, 10)).toMatchObject([{ id }]);
    });

    it('is given once, and to nothing that does not wait for it', async () => {
      const { deliveries } = ledger();
      const { id } = await waiting();
      const approved = { post: somePost(), by: 'anna', now: start, dueAt: start, reason: null };
      const both = await Promise.all([
        deliveries.approve(id, approved),
        deliveries.approve(id, { ...approved, by: 'binh' }),
      ]);
      expect(both.filter(Boolean)).toHaveLength(1);
      expect(await deliveries.approve(id, approved)).toBe(false);
      await deliveries.move(id, ['waiting'], 'cancelled', { reason: 'cancelled by a person', now: start });
      expect(await deliveries.approve(id, approved)).toBe(false);
      expect(await deliveries.approve('nothing', approved)).toBe(false);
    });

    it('holds against a later revision, which takes the place of what nobody approved', async () => {
      const { articles, deliveries } = ledger();
      const { id } = await waiting();
      const now = start + minute;
      await deliveries.approve(id, { post: somePost(), by: 'anna', now, dueAt: now, reason: null });
      const edit = (revision: number) => [editRow('board', revision, toApprove)];
      await articles.revise(newRevision('article001', 1, { deliveries: edit(2) }));
      const second = (await deliveries.list({ limit: 10 })).find(
        ({ revision, op }) => op === 'edit' && revision === 2,
      )!;
      await deliveries.approve(second.id, { post: somePost(), by: 'anna', now, dueAt: now, reason: null });
      await articles.revise(newRevision('article001', 2, { deliveries: edit(3) }));
      await articles.revise(newRevision('article001', 3, { deliveries: edit(4) }));
      const edits = (await deliveries.list({ limit: 10 })).filter(({ op }) => op === 'edit');
      expect(edits.map(({ key, state, reason }) => [key, state, reason]).sort()).toEqual([
        ['board-edit-2', 'waiting', null],
        ['board-edit-3', 'skipped', 'superseded by revision 4'],
        ['board-edit-4', 'waiting', waitsForApproval],
      ]);
    });
  });

  describe('urgent rows', () => {
    it('are due before others of their channel', async () => {
      const { articles, deliveries } = ledger();
      for (const [index, urgent] of [false, true, false].entries()) {
        const id = `a${index}`;
        await articles.create(newArticle(id, { deliveries: [createRow('board', { key: id, urgent })] }));
        await articles.markReady(id, 1, start + index, []);
      }
      const due = await deliveries.due(start + minute, 10);
      expect(due.map(({ urgent = false }) => urgent)).toEqual([true, false, false]);
    });

    it('are made of what settles when a revision is breaking news, and go once it is ready; what a person holds back stays', async () => {
      const { articles, deliveries } = ledger();
      const settling = createRow('board', { notBefore: start + 5 * minute });
      await articles.create(newArticle('a1', { deliveries: [settling, createRow('press', toApprove)] }));
      await articles.markReady('a1', 1, start, []);
      await articles.revise(newRevision('a1', 1, { urgent: ['board', 'press'] }));
      expect(await deliveries.due(start + 10 * minute, 10)).toEqual([]);
      await articles.markReady('a1', 2, start + 2 * minute, []);
      expect(await deliveries.due(start + 2 * minute, 10)).toMatchObject([{ channelId: 'board', urgent: true }]);
      expect(await deliveries.unapproved(10)).toMatchObject([{ channelId: 'press' }]);
    });
  });
}
