import { describe, expect, it } from 'vitest';
import type { Ledger } from '#src/stores/ledger.ts';
import { createRow, endClaim, minute, newArticle, readyCreate, start } from '#tests/contracts/ledger/samples.ts';

export function deliveryContract(ledger: () => Ledger): void {
  describe('deliveries', () => {
    it('are recorded with remote, reason and the end of the attempt', async () => {
      const { deliveries } = ledger();
      const { id } = await readyCreate(ledger());
      await deliveries.claim(id, start, start + minute);
      const remote = { id: '99', url: 'https://mạng.example/99' };
      const ending = { state: 'sent' as const, reason: null, now: start + 9, remote, result: 'sent', detail: '200' };
      expect(await deliveries.record(id, 1, ending)).toBe(true);
      expect(await deliveries.get(id)).toMatchObject({
        state: 'sent',
        remote,
        dueAt: null,
        freeAt: start,
        leaseUntil: null,
        attempts: 1,
        updatedAt: start + 9,
      });
      expect(await deliveries.attempts(id)).toMatchObject([{ endedAt: start + 9, result: 'sent', detail: '200' }]);
    });

    it('refuse the record of an older claim, and a second record of the same one', async () => {
      const store = ledger();
      const { id } = await readyCreate(store);
      await endClaim(store, id, { now: start, state: 'retry', result: 'notSent', dueAt: start });
      await store.deliveries.claim(id, start, start + minute);
      const ending = { state: 'sent' as const, reason: null, now: start, result: 'sent' };
      expect(await store.deliveries.record(id, 1, ending)).toBe(false);
      expect(await store.deliveries.get(id)).toMatchObject({ state: 'sending', fence: 2 });
      expect(await store.deliveries.record(id, 2, ending)).toBe(true);
      expect(await store.deliveries.record(id, 2, { ...ending, state: 'dead' })).toBe(false);
      expect(await store.deliveries.attempts(id)).toMatchObject([{ result: 'notSent' }, { result: 'sent' }]);
    });

    it('refuse the record of whoever took the worker of a renewed claim for dead', async () => {
      const store = ledger();
      const { id } = await readyCreate(store);
      await store.deliveries.claim(id, start, start + minute);
      await store.deliveries.renew(id, 1, start + 1, start + 2 * minute);
      const ending = { state: 'retry' as const, reason: null, now: start + minute, result: 'stopped' };
      expect(await store.deliveries.record(id, 1, { ...ending, leaseUntil: start + minute })).toBe(false);
      expect(await store.deliveries.record(id, 1, { ...ending, leaseUntil: start + 2 * minute })).toBe(true);
    });

    it('count no try where the gate refused it', async () => {
      const store = ledger();
      const { id } = await readyCreate(store);
      const refused = { state: 'waiting' as const, result: 'refused at the gate', reason: 'the channel is paused' };
      await endClaim(store, id, { ...refused, now: start, dueAt: start + minute });
      expect(await store.deliveries.get(id)).toMatchObject({
        state: 'waiting',
        attempts: 0,
        dueAt: start + minute,
        freeAt: start,
      });
      await endClaim(store, id, { state: 'retry', result: 'notSent', now: start + minute });
      expect(await store.deliveries.get(id)).toMatchObject({ attempts: 1, dueAt: start + minute });
    });

    it('move only from the states named, and never out of a claim', async () => {
      const { deliveries } = ledger();
      const { id } = await readyCreate(ledger());
      const change = { reason: 'by hand', now: start + 1 };
      expect(await deliveries.move(id, ['parked'], 'cancelled', change)).toBe(false);
      expect(await deliveries.move(id, [], 'cancelled', change)).toBe(false);
      await deliveries.claim(id, start, start + minute);
      expect(await deliveries.move(id, ['waiting', 'sending'], 'cancelled', change)).toBe(false);
      await deliveries.record(id, 1, { state: 'parked', reason: 'unknown', now: start, result: 'ambiguous' });
      expect(await deliveries.move(id, ['waiting', 'parked'], 'cancelled', change)).toBe(true);
      expect(await deliveries.get(id)).toMatchObject({ state: 'cancelled', reason: 'by hand', updatedAt: start + 1 });
    });

    it('move only as they were read, where that is asked', async () => {
      const { deliveries } = ledger();
      const { id } = await readyCreate(ledger());
      await endClaim(ledger(), id, { now: start, state: 'retry', result: 'notSent', dueAt: start });
      const change = { reason: 'late', now: start };
      expect(await deliveries.move(id, ['retry'], 'parked', { ...change, fence: 0 })).toBe(false);
      expect(await deliveries.move(id, ['retry'], 'parked', { ...change, fence: 1 })).toBe(true);
    });

    it('keep up to where a person has judged the tries, once they had ended', async () => {
      const { deliveries } = ledger();
      const { id } = await readyCreate(ledger());
      await endClaim(ledger(), id, { now: start, state: 'retry', result: 'ambiguous', dueAt: start });
      const again = { reason: null, now: start, judged: true } as const;
      await deliveries.move(id, ['retry'], 'waiting', again);
      expect(await deliveries.get(id)).toMatchObject({ judged: 0 });
      await deliveries.move(id, ['waiting'], 'parked', { reason: null, now: start });
      await deliveries.move(id, ['parked'], 'waiting', again);
      expect(await deliveries.get(id)).toMatchObject({ judged: 1 });
    });

    it('are written for what was found, once, and lose it when they are to go after all', async () => {
      const store = ledger();
      await store.articles.create(newArticle('a1'));
      const remote = { id: 'p1', url: 'https://mạng.example/p1' };
      const found = {
        ...{ articleId: 'a1', channelId: 'board', revision: 1, key: 'a1-board', remote },
        ...{ at: start - minute, reason: 'found' },
      };
      expect(await store.deliveries.addFound(found)).toBe(true);
      expect(await store.deliveries.addFound({ ...found, remote: { id: 'p2', url: null } })).toBe(false);
      const [row] = await store.deliveries.list({ articleIds: ['a1'], limit: 9 });
      expect(row).toMatchObject({ op: 'create', state: 'sent', reason: 'found', remote, post: null, dueAt: null });
      expect(await store.deliveries.sentSince('board', start)).toEqual({ last: start - minute, count: 0 });
      await store.deliveries.move(row!.id, ['sent'], 'waiting', { reason: null, now: start });
      expect(await store.deliveries.get(row!.id)).toMatchObject({ state: 'waiting', remote: null });
    });

    it('take what was found where they were skipped untried, and nowhere else', async () => {
      const store = ledger();
      const row = createRow('board', { key: 'a1-board', state: 'skipped', reason: 'stood there before' });
      await store.articles.create(newArticle('a1', { deliveries: [row] }));
      await readyCreate(store, 'a2');
      const remote = { id: 'p1', url: null };
      const found = { channelId: 'board', revision: 1, key: 'a1-board', remote, at: start, reason: 'found' };
      expect(await store.deliveries.addFound({ ...found, articleId: 'a1' })).toBe(true);
      expect(await store.deliveries.addFound({ ...found, articleId: 'a1' })).toBe(false);
      expect(await store.deliveries.addFound({ ...found, articleId: 'a2' })).toBe(false);
      const rows = await store.deliveries.list({ articleIds: ['a1', 'a2'], limit: 9 });
      expect(rows.map(({ articleId, state, reason }) => [articleId, state, reason]).sort()).toEqual([
        ['a1', 'sent', 'found'],
        ['a2', 'waiting', null],
      ]);
    });

    it('tell which posts other rows of the channel act on', async () => {
      const store = ledger();
      const [one, two] = [await readyCreate(store, 'a1'), await readyCreate(store, 'a2')];
      const remote = { id: `at://${'x'.repeat(5000)}`, url: null };
      await endClaim(store, one.id, { now: start, remote });
      const { deliveries } = store;
      expect(await deliveries.remotesOfOthers('board', two.id, [remote.id, 'y'])).toEqual([remote.id]);
      expect(await deliveries.remotesOfOthers('board', one.id, [remote.id])).toEqual([]);
      expect(await deliveries.remotesOfOthers('mail', two.id, [remote.id])).toEqual([]);
      expect(await deliveries.remotesOfOthers('board', two.id, [])).toEqual([]);
    });

    it('are adopted with the post a person found, and come back when a person wants them', async () => {
      const { deliveries } = ledger();
      const { id } = await readyCreate(ledger());
      const now = start + minute;
      await deliveries.move(id, ['waiting'], 'expired', { reason: 'too late', now });
      expect(await deliveries.get(id)).toMatchObject({ dueAt: null, freeAt: start });
      await deliveries.move(id, ['expired'], 'waiting', { reason: null, now });
      expect(await deliveries.get(id)).toMatchObject({ dueAt: now, freeAt: start });
      await deliveries.move(id, ['waiting'], 'waiting', { reason: 'quiet hours', now: now + 1 });
      expect(await deliveries.get(id)).toMatchObject({ dueAt: now, reason: 'quiet hours' });
      const remote = { id: '7', url: null };
      await deliveries.move(id, ['waiting'], 'sent', { reason: null, remote, now });
      expect(await deliveries.get(id)).toMatchObject({ state: 'sent', remote, dueAt: null });
    });

    it('are free from the moment a person approves them', async () => {
      const { articles, deliveries } = ledger();
      const never = Date.UTC(9999, 0);
      const created = await articles.create(
        newArticle('a1', { deliveries: [createRow('board', { notBefore: never })] }),
      );
      const { id } = created.deliveries[0]!;
      await articles.markReady('a1', 1, start, []);
      expect(await deliveries.get(id)).toMatchObject({ dueAt: never, freeAt: never });
      const now = start + minute;
      await deliveries.move(id, ['waiting'], 'waiting', { reason: null, dueAt: now, now });
      expect(await deliveries.get(id)).toMatchObject({ dueAt: now, freeAt: now });
      await deliveries.move(id, ['waiting'], 'waiting', { reason: 'quiet hours', dueAt: now + minute, now });
      expect(await deliveries.get(id)).toMatchObject({ dueAt: now + minute, freeAt: now });
    });

    it('list what is due, the longest due of each channel first', async () => {
      const store = ledger();
      const dueAt: Record<string, number> = {};
      for (const [id, channel, at] of [
        ['a1', 'busy', 1],
        ['a2', 'busy', 2],
        ['a3', 'busy', 3],
        ['a4', 'calm', 4],
        ['a5', 'calm', 99],
      ] as const) {
        const row = createRow(channel, { key: id, notBefore: start + at });
        const { deliveries } = await store.articles.create(newArticle(id, { deliveries: [row] }));
        await store.articles.markReady(id, 1, start, []);
        dueAt[deliveries[0]!.id] = at;
      }
      const due = await store.deliveries.due(start + 50, 3);
      expect(due.map((row) => [row.channelId, dueAt[row.id]])).toEqual([
        ['busy', 1],
        ['calm', 4],
        ['busy', 2],
      ]);
      expect(await store.deliveries.due(start, 10)).toEqual([]);
    });

    it('are stranded at once when no other worker can be alive', async () => {
      const store = ledger();
      const { id } = await readyCreate(store);
      await store.deliveries.claim(id, start, start + minute);
      await store.deliveries.endClaims(start + 5);
      expect(await store.deliveries.stranded(start + 5, 10)).toMatchObject([{ id, state: 'sending' }]);
    });

    it('are stranded soon where a clock that was set back made their claim', async () => {
      const store = ledger();
      const { id } = await readyCreate(store);
      const other = await readyCreate(store, 'a2');
      await store.deliveries.claim(id, start, start + 60 * minute);
      await store.deliveries.claim(other.id, start, start + minute);
      await store.deliveries.shortenClaims(start + 2 * minute, start + 3);
      expect(await store.deliveries.stranded(start + 4, 10)).toMatchObject([{ id, state: 'sending' }]);
    });

    it('are stranded when the lease of their claim has ended', async () => {
      const store = ledger();
      const { id } = await readyCreate(store);
      await readyCreate(store, 'a2');
      await store.deliveries.claim(id, start, start + minute);
      expect(await store.deliveries.stranded(start + minute, 10)).toEqual([]);
      expect(await store.deliveries.stranded(start + minute + 1, 10)).toMatchObject([{ id, state: 'sending' }]);
      expect(await store.deliveries.due(start + 9 * minute, 10)).toHaveLength(1);
    });

    it('are listed by state, channel and article, the newest first, and counted', async () => {
      const { articles, deliveries } = ledger();
      for (const [index, id] of ['a1', 'a2'].entries()) {
        const rows = [createRow('board', { key: `${id}b` }), createRow('mail', { key: `${id}m`, state: 'skipped' })];
        await articles.create(newArticle(id, { deliveries: rows, now: start + index }));
      }
      const keys = async (query: Omit<Parameters<typeof deliveries.list>[0], 'limit'>) =>
        (await deliveries.list({ limit: 9, ...query })).map((row) => row.key);
      expect(await keys({ channelId: 'board' })).toEqual(['a2b', 'a1b']);
      expect((await keys({ articleIds: ['a1'] })).sort()).toEqual(['a1b', 'a1m']);
      expect(await keys({ states: ['skipped'], articleIds: ['a2', 'a9'] })).toEqual(['a2m']);
      expect(await keys({ states: [] })).toEqual([]);
      expect(await keys({ articleIds: [] })).toEqual([]);
      expect(await deliveries.list({ limit: 1 })).toHaveLength(1);
      expect(await deliveries.counts()).toEqual([
        { channelId: 'board', state: 'waiting', count: 2 },
        { channelId: 'mail', state: 'skipped', count: 2 },
      ]);
    });

    it('tell the pace how many posts a channel sent, and when the last', async () => {
      const store = ledger();
      expect(await store.deliveries.sentSince('board', start)).toEqual({ last: null, count: 0 });
      for (const [index, id] of ['a1', 'a2', 'a3'].entries()) {
        const create = await readyCreate(store, id);
        await endClaim(store, create.id, { now: start + index * minute });
      }
      await readyCreate(store, 'a4');
      expect(await store.deliveries.sentSince('board', start + minute)).toEqual({ last: start + 2 * minute, count: 2 });
      expect(await store.deliveries.sentSince('board', start + 9 * minute)).toEqual({
        last: start + 2 * minute,
        count: 0,
      });
      expect(await store.deliveries.sentSince('mail', start)).toEqual({ last: null, count: 0 });
    });

    it('count one post for all readers of an article, and none for one that is on its way', async () => {
      const store = ledger();
      const rows = ['ann', 'bình'].map((part) => createRow('mail', { key: `a1-${part}`, part }));
      const { deliveries } = await store.articles.create(newArticle('a1', { deliveries: rows }));
      await store.articles.markReady('a1', 1, start, []);
      for (const { id } of deliveries) await endClaim(store, id, { now: start + minute });
      expect(await store.deliveries.sentSince('mail', start)).toEqual({ last: start + minute, count: 1 });
      expect(await store.deliveries.sentSince('mail', start, 'a1')).toEqual({ last: null, count: 0 });
    });
  });
}
