import { describe, expect, it } from 'vitest';
import type { DeliveryState } from '#src/core/delivery.ts';
import type { Ledger } from '#src/stores/ledger.ts';
import {
  createRow,
  editRow,
  endClaim,
  minute,
  newArticle,
  newRevision,
  readyCreate,
  samplePost,
  start,
} from '#tests/contracts/ledger/samples.ts';

export function claimContract(ledger: () => Ledger): void {
  describe('claims', () => {
    it('take a due row, raise the fence, set the lease and open an attempt', async () => {
      const { deliveries } = ledger();
      const { id } = await readyCreate(ledger());
      const claim = await deliveries.claim(id, start + 5, start + minute);
      expect(claim).toMatchObject({
        delivery: { id, state: 'sending', fence: 1, leaseUntil: start + minute, attempts: 0, updatedAt: start + 5 },
        create: null,
      });
      expect(await deliveries.get(id)).toEqual(claim?.delivery);
      expect(await deliveries.attempts(id)).toEqual([
        { deliveryId: id, number: 1, startedAt: start + 5, endedAt: null, result: null, detail: null },
      ]);
    });

    it('take nothing that is taken, not due, not free or not there', async () => {
      const store = ledger();
      const { id } = await readyCreate(store);
      expect(await store.deliveries.claim(id, start - 1, start + minute)).toBeNull();
      expect(await store.deliveries.claim(id, start, start + minute)).not.toBeNull();
      expect(await store.deliveries.claim(id, start, start + minute)).toBeNull();
      const unready = await store.articles.create(newArticle('a2', { deliveries: [createRow('mail')] }));
      expect(await store.deliveries.claim(unready.deliveries[0]!.id, start + minute, start + 2 * minute)).toBeNull();
      expect(await store.deliveries.claim('none', start, start + minute)).toBeNull();
    });

    it('take nothing that somebody has claimed since it was read', async () => {
      const { deliveries } = ledger();
      const { id } = await readyCreate(ledger());
      await deliveries.claim(id, start, start + minute, 'send', 0);
      await deliveries.record(id, 1, {
        ...{ state: 'retry', reason: 'lost', dueAt: start + minute, now: start, result: 'ambiguous' },
      });
      expect(await deliveries.claim(id, start + minute, start + 2 * minute, 'send', 0)).toBeNull();
      expect(await deliveries.claimAlone(id, start + minute, start + 2 * minute, 0)).toBeNull();
      expect(await deliveries.claim(id, start + minute, start + 2 * minute, 'look', 1)).not.toBeNull();
    });

    it('of a channel that keeps a pace take one create at a time, until its lease is over', async () => {
      const { deliveries } = ledger();
      const one = await readyCreate(ledger(), 'one');
      const two = await readyCreate(ledger(), 'two');
      const first = await deliveries.claimAlone(one.id, start, start + minute);
      expect(first).toMatchObject({ delivery: { id: one.id, state: 'sending', fence: 1 }, create: null });
      expect(await deliveries.claimAlone(one.id, start, start + minute)).toBeNull();
      expect(await deliveries.claimAlone('none', start, start + minute)).toBeNull();
      expect(await deliveries.claimAlone(two.id, start + 9, start + 2 * minute)).toEqual({ busyUntil: start + minute });
      expect(await deliveries.get(two.id)).toMatchObject({ state: 'waiting', fence: 0, dueAt: start });
      expect(await deliveries.attempts(two.id)).toEqual([]);
      expect(await deliveries.claimAlone(two.id, start + minute, start + 2 * minute)).toMatchObject({
        delivery: { id: two.id, state: 'sending' },
      });
    });

    it('of such a channel wait for no other channel, and no correction or withdrawal waits', async () => {
      const store = ledger();
      const { deliveries } = store;
      const board = [createRow('board', { key: 'one-board' }), createRow('mail', { key: 'one-mail' })];
      const { deliveries: rows } = await store.articles.create(newArticle('one', { deliveries: board }));
      await store.articles.markReady('one', 1, start, []);
      await endClaim(store, rows[0]!.id, { now: start });
      const edit = await readyEdit(store, 'one');
      const two = await readyCreate(store, 'two');
      const [now, until] = [start + minute, start + 2 * minute];
      expect(await deliveries.claimAlone(two.id, now, until)).toMatchObject({ delivery: { id: two.id } });
      expect(await deliveries.claimAlone(rows[1]!.id, now, until)).toMatchObject({ delivery: { id: rows[1]!.id } });
      expect(await deliveries.claimAlone(edit, now, until)).toMatchObject({ delivery: { id: edit, state: 'sending' } });
      await deliveries.record(two.id, 1, { state: 'retry', reason: 'busy', now, dueAt: now, result: 'notSent' });
      expect(await deliveries.claimAlone(two.id, now, until)).toMatchObject({ delivery: { id: two.id, fence: 2 } });
    });

    it('take nothing of an article that a person holds, and holding does not age it', async () => {
      const { articles, deliveries } = ledger();
      const { id } = await readyCreate(ledger());
      await articles.hold('article001', start + minute, []);
      expect(await deliveries.claim(id, start + 2 * minute, start + 3 * minute)).toBeNull();
      expect(await deliveries.due(start + 2 * minute, 10)).toEqual([]);
      await articles.release('article001', start + 5 * minute, []);
      expect(await deliveries.due(start + 5 * minute, 10)).toEqual([{ id, channelId: 'board' }]);
      const claim = await deliveries.claim(id, start + 5 * minute, start + 6 * minute);
      expect(claim?.delivery.freeAt).toBe(start + 4 * minute);
    });

    it('take a retry when its time has come, with a higher fence', async () => {
      const store = ledger();
      const { id } = await readyCreate(store);
      await endClaim(store, id, { now: start, state: 'retry', result: 'notSent', dueAt: start + minute });
      expect(await store.deliveries.claim(id, start + 1, start + minute)).toBeNull();
      const claim = await store.deliveries.claim(id, start + minute, start + 2 * minute);
      expect(claim?.delivery).toMatchObject({ fence: 2, attempts: 1 });
      expect((await store.deliveries.attempts(id)).map((attempt) => attempt.number)).toEqual([1, 2]);
    });

    it('are renewed while they hold, and never once they are over or another worker has the row', async () => {
      const { deliveries } = ledger();
      const { id } = await readyCreate(ledger());
      await deliveries.claim(id, start, start + minute);
      expect(await deliveries.renew(id, 1, start + minute - 1, start + 2 * minute)).toBe(true);
      expect(await deliveries.get(id)).toMatchObject({ leaseUntil: start + 2 * minute, state: 'sending' });
      expect(await deliveries.renew(id, 0, start, start + 3 * minute)).toBe(false);
      expect(await deliveries.renew(id, 1, start + 2 * minute, start + 3 * minute)).toBe(false);
      const ending = { state: 'retry' as const, reason: null, now: start, dueAt: start, result: 'notSent' };
      await deliveries.record(id, 1, ending);
      expect(await deliveries.renew(id, 1, start, start + 3 * minute)).toBe(false);
      await deliveries.claim(id, start, start + minute);
      expect(await deliveries.renew(id, 1, start, start + 3 * minute)).toBe(false);
      expect(await deliveries.get(id)).toMatchObject({ leaseUntil: start + minute, fence: 2 });
    });

    it('say when the request follows, and when they only look', async () => {
      const { deliveries } = ledger();
      const { id } = await readyCreate(ledger());
      const results = async () => (await deliveries.attempts(id)).map(({ result }) => result);
      await deliveries.claim(id, start, start + minute);
      expect(await results()).toEqual([null]);
      await deliveries.renew(id, 1, start, start + minute, true);
      expect(await results()).toEqual(['sending']);
      const ending = { state: 'retry' as const, reason: null, now: start, dueAt: start, result: 'ambiguous' };
      await deliveries.record(id, 1, ending);
      await deliveries.claim(id, start, start + minute, 'look');
      expect(await results()).toEqual(['ambiguous', 'looked']);
      await deliveries.record(id, 2, { ...ending, result: 'not looked', detail: 'no answer' });
      expect(await deliveries.attempts(id)).toMatchObject([{}, { result: 'not looked', detail: 'no answer' }]);
      expect(await deliveries.get(id)).toMatchObject({ attempts: 1 });
    });

    it('freeze the first post for good, and the revision it shows', async () => {
      const { deliveries } = ledger();
      const { id } = await readyCreate(ledger());
      await deliveries.claim(id, start, start + minute);
      const first = samplePost({ id: 'article001', revision: 3 }, 'Bài đầu');
      expect(await deliveries.freezePost(id, 1, first)).toEqual(first);
      expect(await deliveries.freezePost(id, 1, samplePost({ id: 'article001', revision: 4 }, 'Bài sau'))).toEqual(
        first,
      );
      expect(await deliveries.freezePost(id, 2, first)).toBeNull();
      expect(await deliveries.get(id)).toMatchObject({ post: first, revision: 3 });
    });

    it('keep what was prepared for the next try', async () => {
      const store = ledger();
      const { id } = await readyCreate(store);
      expect(await store.deliveries.savePrepared(id, 0, ['x'])).toBe(false);
      await store.deliveries.claim(id, start, start + minute);
      expect(await store.deliveries.savePrepared(id, 1, { media: ['12', '13'], raw: '\0' })).toBe(true);
      expect(await store.deliveries.savePrepared(id, 2, null)).toBe(false);
      expect(await store.deliveries.get(id)).toMatchObject({ prepared: { media: ['12', '13'], raw: '' } });
    });

    it('let an edit go once the post stands, and hand it the post', async () => {
      const store = ledger();
      const create = await readyCreate(store);
      const edit = await readyEdit(store);
      expect(await store.deliveries.claim(edit, start + minute, start + 2 * minute)).toBeNull();
      await endClaim(store, create.id, { now: start });
      const claim = await store.deliveries.claim(edit, start + minute, start + 2 * minute);
      expect(claim).toMatchObject({
        delivery: { id: edit, state: 'sending' },
        create: { id: create.id, remote: { id: 'remote-1', url: null } },
      });
    });

    it('let an edit wait while its post waits, is on its way, is tried again or is parked', async () => {
      const store = ledger();
      const create = await readyCreate(store);
      const edit = await readyEdit(store);
      const claimEdit = () => store.deliveries.claim(edit, start + minute, start + 2 * minute);
      await store.deliveries.claim(create.id, start, start + minute);
      expect(await claimEdit()).toBeNull();
      await store.deliveries.record(create.id, 1, { state: 'retry', reason: null, now: start, result: 'notSent' });
      expect(await claimEdit()).toBeNull();
      await store.deliveries.move(create.id, ['retry'], 'parked', { reason: 'unknown', now: start });
      expect(await claimEdit()).toBeNull();
      expect(await store.deliveries.get(edit)).toMatchObject({ state: 'waiting', dueAt: start + minute });
      expect(await store.deliveries.due(start + minute, 10)).toEqual([]);
    });

    it('skip an edit whose post was never sent', async () => {
      const store = ledger();
      const endings: DeliveryState[] = ['skipped', 'expired', 'cancelled', 'dead'];
      for (const [index, state] of endings.entries()) {
        const create = await readyCreate(store, `a${index}`);
        const edit = await readyEdit(store, `a${index}`);
        await store.deliveries.move(create.id, ['waiting'], state, { reason: 'test', now: start });
        expect(await store.deliveries.due(start + minute, 10)).toEqual([{ id: edit, channelId: 'board' }]);
        expect(await store.deliveries.claim(edit, start + minute, start + 2 * minute)).toBeNull();
        expect(await store.deliveries.get(edit)).toMatchObject({
          state: 'skipped',
          reason: `nothing to correct: no post of it is known (${state})`,
          dueAt: null,
          fence: 0,
        });
        expect(await store.deliveries.attempts(edit)).toEqual([]);
      }
    });

    it('skip an edit on a channel that never had a post', async () => {
      const store = ledger();
      await store.articles.create(newArticle('a1'));
      const edit = await readyEdit(store, 'a1');
      expect(await store.deliveries.claim(edit, start + minute, start + 2 * minute)).toBeNull();
      expect((await store.deliveries.get(edit))?.reason).toBe('nothing to correct: it was never posted there');
    });

    it('let a newer edit wait while an older one is on its way', async () => {
      const store = ledger();
      const create = await readyCreate(store);
      await endClaim(store, create.id, { now: start });
      const older = await readyEdit(store);
      const claim = await store.deliveries.claim(older, start + minute, start + 2 * minute);
      const newer = await readyEdit(store, 'article001', 2);
      expect(await store.deliveries.claim(newer, start + 2 * minute, start + 3 * minute)).toBeNull();
      const ending = { reason: null, now: start + 2 * minute, result: 'sent' } as const;
      await store.deliveries.record(older, claim!.delivery.fence, { ...ending, state: 'sent' });
      expect(await store.deliveries.claim(newer, start + 2 * minute, start + 3 * minute)).not.toBeNull();
    });
  });
}

/** An edit on `board`, free to go a minute after the revision before it. */
async function readyEdit(store: Ledger, id = 'article001', after = 1): Promise<string> {
  const deliveries = [editRow('board', after + 1, { key: `${id}-edit-${after + 1}` })];
  const written = await store.articles.revise(newRevision(id, after, { deliveries }));
  await store.articles.markReady(id, after + 1, start + after * minute, []);
  return written!.deliveries[0]!.id;
}
