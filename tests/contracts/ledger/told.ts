import { describe, expect, it } from 'vitest';
import type { ArticleRef } from '#src/core/signal.ts';
import type { Ledger } from '#src/stores/ledger.ts';
import { minute, start } from '#tests/contracts/ledger/samples.ts';

const ref = (externalId: string, stamp = '1'): ArticleRef => ({
  ...{ externalId, stamp, url: null, title: 'Tin', sign: 'changed', payload: null },
});
const day = 24 * 60 * minute;

/** What others tell of a source: messages pushed to it, and hubs. */
export function toldContract(ledger: () => Ledger): void {
  describe('what is told beside polls', () => {
    const push = (messageId: string, refs: ArticleRef[], now = start) =>
      ledger().sources.recordTold({ sourceId: 'desk', refs, now, messageId });

    it('is due to be read and never baseline, and the same message counts once', async () => {
      const taken = await push('m1', [ref('a'), ref('b')]);
      expect(taken).toMatchObject({
        kind: 'taken',
        readings: [
          { ref: { externalId: 'a' }, baseline: false, state: 'due' },
          { ref: { externalId: 'b' }, baseline: false, state: 'due' },
        ],
      });
      expect(await push('m1', [ref('c')])).toEqual({ kind: 'repeated' });
      expect(await push('m2', [ref('a')])).toEqual({ kind: 'taken', readings: [], late: [] });
      expect(await push('m3', [ref('a', '2')])).toMatchObject({ readings: [{ ref: { stamp: '2' } }] });
      expect(await ledger().sources.dueReadings(start, 10)).toHaveLength(2);
    });

    it('never replaces what is newer, where the times are told', async () => {
      const at = (stamp: string, asOf?: number): ArticleRef => ({ ...ref('a', stamp), ...(asOf && { asOf }) });
      await push('m1', [at('2', start)]);
      expect(await push('m0', [at('1', start - 1), ref('b')])).toMatchObject({
        readings: [{ ref: { externalId: 'b' } }],
        late: ['a'],
      });
      expect(await push('m2', [at('3', start)])).toMatchObject({ readings: [{ ref: { stamp: '3' } }], late: [] });
      expect(await push('m3', [at('4')])).toMatchObject({ readings: [{ ref: { stamp: '4' } }], late: [] });
    });

    it('takes back what has not been read yet', async () => {
      await push('m1', [ref('a')]);
      const gone: ArticleRef = { ...ref('a', 'deleted'), sign: 'gone' };
      expect(await push('m2', [gone, { ...gone, externalId: 'never seen' }])).toMatchObject({
        readings: [{ ref: { externalId: 'a', sign: 'gone' } }],
      });
      expect(await push('m3', [gone])).toEqual({ kind: 'taken', readings: [], late: [] });
    });

    it('counts once when it comes twice at the same moment', async () => {
      const both = await Promise.all([push('m1', [ref('a')]), push('m1', [ref('a')])]);
      expect(both.map(({ kind }) => kind).sort()).toEqual(['repeated', 'taken']);
    });

    it('is remembered for days, by source, and whatever its id is', async () => {
      const odd = `\u0000${'ấ'.repeat(3000)}\ud800`;
      await push(odd, []);
      expect(await push(odd, [], start + 6 * day)).toEqual({ kind: 'repeated' });
      const elsewhere = { sourceId: 'other', refs: [], now: start, messageId: odd };
      expect(await ledger().sources.recordTold(elsewhere)).toMatchObject({ kind: 'taken' });
      expect(await push(odd, [], start + 8 * day)).toMatchObject({ kind: 'taken' });
    });

    it('leaves the source’s first poll its baseline and its next poll its time', async () => {
      const { sources } = ledger();
      await push('m1', [ref('a')]);
      expect(await sources.state('desk', start + 1)).toMatchObject({ baselineAt: null, nextPollAt: start });
      await sources.recordPoll({ sourceId: 'desk', refs: [], cursor: null, now: start, nextPollAt: start + day });
      await push('m2', [ref('b')]);
      expect(await sources.state('desk', start)).toMatchObject({ baselineAt: start, nextPollAt: start + day });
      await sources.pollSoon('desk', start + minute);
      expect(await sources.state('desk', start)).toMatchObject({ nextPollAt: start + minute });
    });

    it('asks for a poll, also while one is under way', async () => {
      const { sources } = ledger();
      const poll = { sourceId: 'desk', refs: [], cursor: null, now: start + 5, nextPollAt: start + day };
      await sources.state('desk', start);
      await sources.recordPoll({ ...poll, plannedAt: start });
      expect(await sources.state('desk', start)).toMatchObject({ nextPollAt: start + day });
      await sources.pollSoon('desk', start + minute);
      await sources.recordUnchanged({ ...poll, plannedAt: start + day });
      expect(await sources.state('desk', start)).toMatchObject({ nextPollAt: start + minute });
      await sources.recordUnchanged({ ...poll, plannedAt: start + minute });
      expect(await sources.state('desk', start)).toMatchObject({ nextPollAt: start + day });
    });

    it('moves the cursor, unless a poll has moved it meanwhile', async () => {
      const { sources } = ledger();
      const poll = { sourceId: 'desk', refs: [], now: start, nextPollAt: start };
      const before = { etag: 'ậ', seen: { b: 1, a: [2] } };
      await sources.recordPoll({ ...poll, cursor: before });
      const told = { sourceId: 'desk', now: start, refs: [ref('a')] };
      const cursor = { before: { seen: { a: [2], b: 1 }, etag: 'ậ' }, next: { etag: 'y' } };
      expect(await sources.recordTold({ ...told, cursor })).toMatchObject({ kind: 'taken', readings: [{}] });
      expect(await sources.recordTold({ ...told, cursor })).toEqual({ kind: 'overtaken' });
      expect(await sources.state('desk', start)).toMatchObject({ cursor: { etag: 'y' } });
    });
  });

  describe('subscriptions', () => {
    const wish = (token: string, hub = 'https://hub.example/') => ({
      ...{ token, hub, topic: 'https://bao.example/rss', callback: `https://loa.example/websub/portal/${token}` },
    });
    const lease = { leaseUntil: start + day, nextAt: start + 20 * 60 * minute };

    it('are due at once, and active from the hub’s promise to its end', async () => {
      const { subscriptions } = ledger();
      await subscriptions.want('portal', wish('t1'), start);
      expect(await subscriptions.due(start, 10)).toMatchObject([{ token: 't1', wanted: true, pending: null }]);
      expect(await subscriptions.active('portal', start)).toBe(false);
      expect(await subscriptions.verify('t1', 'subscribe', lease)).toBe(false);
      await subscriptions.update('t1', { pending: 'subscribe', failures: 2, failingSince: start, error: 'x' });
      expect(await subscriptions.verify('t1', 'unsubscribe', lease)).toBe(false);
      expect(await subscriptions.verify('t1', 'subscribe', lease)).toBe(true);
      expect(await subscriptions.verify('t1', 'subscribe', lease)).toBe(false);
      expect(await subscriptions.find('t1')).toMatchObject({ ...lease, pending: null, failures: 0, error: null });
      expect(await subscriptions.active('portal', start)).toBe(true);
      expect(await subscriptions.active('other', start)).toBe(false);
      expect(await subscriptions.active('portal', start + day)).toBe(false);
      expect(await subscriptions.due(start, 10)).toEqual([]);
    });

    it('of a source are one: a later wish ends the earlier', async () => {
      const { subscriptions } = ledger();
      await subscriptions.want('portal', wish('t1'), start);
      await subscriptions.want('portal', wish('t2', 'https://other.example/'), start + 1);
      expect(await subscriptions.of('portal')).toMatchObject({ token: 't2' });
      expect(await subscriptions.find('t1')).toMatchObject({ wanted: false, nextAt: start + 1 });
      await subscriptions.want('portal', null, start + 2);
      expect(await subscriptions.of('portal')).toBeNull();
      await subscriptions.remove('t1');
      expect(await subscriptions.find('t1')).toBeNull();
    });

    it('that are wanted are all told', async () => {
      const { subscriptions } = ledger();
      await subscriptions.want('portal', wish('t1'), start);
      await subscriptions.want('other', wish('t2'), start);
      await subscriptions.want('portal', null, start);
      expect(await subscriptions.allWanted()).toMatchObject([{ token: 't2' }]);
    });
  });
}
