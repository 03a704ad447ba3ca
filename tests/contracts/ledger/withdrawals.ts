import { describe, expect, it } from 'vitest';
import type { Delivery } from '#src/core/delivery.ts';
import type { Ledger } from '#src/stores/ledger.ts';
import {
  editRow,
  endClaim,
  minute,
  newRevision,
  readyCreate,
  start,
  withdrawRow,
} from '#tests/contracts/ledger/samples.ts';

const id = 'article001';
const now = start + 5 * minute;

export function withdrawalContract(ledger: () => Ledger): void {
  describe('withdrawals', () => {
    const withdraw = () =>
      ledger().articles.withdraw({ articleId: id, reason: 'the page is gone', now }, [withdrawRow('board')], []);
    const rows = async (): Promise<Record<string, Delivery>> =>
      Object.fromEntries((await ledger().deliveries.list({ limit: 9 })).map((row) => [row.op, row]));

    it('happen once', async () => {
      await readyCreate(ledger());
      expect(await withdraw()).toBe(true);
      expect(await withdraw()).toBe(false);
      expect(await ledger().articles.get(id)).toMatchObject({ state: 'withdrawn' });
      expect(await ledger().articles.withdraw({ articleId: 'none', reason: '', now }, [], [])).toBe(false);
    });

    it('cancel a post that is still to come, and need nothing more', async () => {
      await readyCreate(ledger());
      await withdraw();
      expect(await rows()).toEqual({
        create: expect.objectContaining({ state: 'cancelled', reason: 'withdrawn: the page is gone', dueAt: null }),
      });
    });

    it('cancel a post that surely nobody has seen, tried again or parked', async () => {
      for (const state of ['retry', 'parked'] as const) {
        const store = ledger();
        const create = await readyCreate(store, `${id}${state}`);
        await endClaim(store, create.id, { now: start, state, result: 'notSent' });
        await store.articles.withdraw({ articleId: create.articleId, reason: 'test', now }, [withdrawRow('board')], []);
        expect(await store.deliveries.list({ articleIds: [create.articleId], limit: 9 })).toMatchObject([
          { op: 'create', state: 'cancelled' },
        ]);
      }
    });

    it('write a row, due at once, for a post that stands', async () => {
      const create = await readyCreate(ledger());
      await endClaim(ledger(), create.id, { now: start });
      await withdraw();
      const { create: sent, withdraw: row } = await rows();
      expect(sent).toMatchObject({ state: 'sent' });
      expect(row).toMatchObject({ channelId: 'board', state: 'waiting', dueAt: now, freeAt: now, revision: 1 });
      expect(await ledger().deliveries.claim(row!.id, now, now + minute)).toMatchObject({ create: { id: create.id } });
    });

    it('write no row for a channel without a post', async () => {
      const create = await readyCreate(ledger());
      await ledger().deliveries.move(create.id, ['waiting'], 'expired', { reason: 'too late', now });
      const rowsWanted = [withdrawRow('board'), withdrawRow('mail')];
      await ledger().articles.withdraw({ articleId: id, reason: 'test', now }, rowsWanted, []);
      expect(await rows()).toEqual({ create: expect.objectContaining({ state: 'expired' }) });
    });

    it('wait for a post that is on its way', async () => {
      const create = await readyCreate(ledger());
      await ledger().deliveries.claim(create.id, start, start + minute);
      await withdraw();
      const row = (await rows())['withdraw']!;
      expect(await ledger().deliveries.claim(row.id, now, now + minute)).toBeNull();
      await ledger().deliveries.record(create.id, 1, { state: 'sent', reason: null, now, result: 'sent' });
      expect(await ledger().deliveries.claim(row.id, now, now + minute)).not.toBeNull();
    });

    it('wait for a post that may stand there until its outcome is known', async () => {
      const create = await readyCreate(ledger());
      await endClaim(ledger(), create.id, { now: start, state: 'retry', result: 'ambiguous', dueAt: start });
      await withdraw();
      const { create: kept, withdraw: row } = await rows();
      expect(kept).toMatchObject({ state: 'retry' });
      expect(await ledger().deliveries.claim(row!.id, now, now + minute)).toBeNull();
      await endClaim(ledger(), create.id, { now, state: 'dead', result: 'permanent' });
      expect(await ledger().deliveries.claim(row!.id, now, now + minute)).toBeNull();
      expect((await rows())['withdraw']).toMatchObject({
        state: 'skipped',
        reason: 'nothing to take back: no post of it is known (dead)',
      });
    });

    it('cancel edits that are still to come and wait for one on its way', async () => {
      const { articles, deliveries } = ledger();
      const create = await readyCreate(ledger());
      await endClaim(ledger(), create.id, { now: start });
      const first = await articles.revise(newRevision(id, 1, { deliveries: [editRow('board', 2)] }));
      await articles.markReady(id, 2, start + minute, []);
      const flying = first!.deliveries[0]!.id;
      await deliveries.claim(flying, start + minute, now);
      const second = await articles.revise(newRevision(id, 2, { deliveries: [editRow('board', 3)] }));
      await withdraw();
      expect(await deliveries.get(second!.deliveries[0]!.id)).toMatchObject({ state: 'cancelled' });
      const row = (await rows())['withdraw']!;
      expect(await deliveries.claim(row.id, now, now + minute)).toBeNull();
      await deliveries.record(flying, 1, { state: 'sent', reason: null, now, result: 'sent' });
      expect(await deliveries.claim(row.id, now, now + minute)).not.toBeNull();
    });
  });
}
