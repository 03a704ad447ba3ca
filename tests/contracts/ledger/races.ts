import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeliveryState } from '#src/core/delivery.ts';
import type { Ledger } from '#src/stores/ledger.ts';
import { minute, newArticle, newRevision, readyCreate, start, withdrawRow } from '#tests/contracts/ledger/samples.ts';

const step = fc.record({
  worker: fc.constantFrom(0, 1),
  act: fc.constantFrom('claim', 'record'),
  state: fc.constantFrom<DeliveryState>('retry', 'waiting', 'sent', 'parked'),
  /** Both workers at the same time. */
  together: fc.boolean(),
});

export function raceContract(ledger: () => Ledger): void {
  describe('two workers', () => {
    it('never hold one row at once, in whatever order they claim and record', async () => {
      let run = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
          const { deliveries } = ledger();
          const { id } = await readyCreate(ledger(), `race${run++}`);
          const fences: (number | null)[] = [null, null];
          let holder: number | null = null;
          let highest = 0;
          const play = async (worker: number, act: string, state: DeliveryState) => {
            if (act === 'claim') {
              const claim = await deliveries.claim(id, start + minute, start + 2 * minute);
              if (!claim) return;
              expect(holder).toBeNull();
              expect(claim.delivery.fence).toBeGreaterThan(highest);
              highest = claim.delivery.fence;
              fences[worker] = highest;
              holder = worker;
            } else if (fences[worker] !== null) {
              const ending = { state, reason: null, now: start + minute, dueAt: start, result: 'notSent' };
              const before = holder;
              if (before === worker) holder = null;
              const taken = await deliveries.record(id, fences[worker] ?? 0, ending);
              expect(taken).toBe(before === worker);
            }
          };
          for (const { worker, act, state, together } of steps) {
            const both = together && act === 'claim' ? [0, 1] : [worker];
            await Promise.all(both.map((one) => play(one, act, state)));
          }
          expect((await deliveries.get(id))?.fence).toBe(highest);
          expect(await deliveries.attempts(id)).toHaveLength(highest);
        }),
        { numRuns: 30 },
      );
    });

    it('get one claim between them, however many ask at once', async () => {
      const { deliveries } = ledger();
      const { id } = await readyCreate(ledger());
      const claims = await Promise.all(Array.from({ length: 20 }, () => deliveries.claim(id, start, start + minute)));
      expect(claims.filter(Boolean)).toHaveLength(1);
    });
  });
  describe('at once', () => {
    const rounds = Array.from({ length: 20 }, (_, round) => round);

    it('claims of a channel that keeps a pace take one post, and withdrawals go on beside them', async () => {
      const { articles, deliveries } = ledger();
      const rows = await Promise.all(rounds.map((round) => readyCreate(ledger(), `paced${round}`)));
      const claims = await Promise.all(
        rows.map(async ({ id, articleId }, round) => {
          const withdrawal = { articleId, reason: 'sai', now: start };
          const withdraw = round % 2 && articles.withdraw(withdrawal, [], []);
          const [claim] = await Promise.all([deliveries.claimAlone(id, start, start + minute), withdraw]);
          return claim;
        }),
      );
      expect(claims.filter((claim) => claim && 'delivery' in claim)).toHaveLength(1);
      expect(await deliveries.list({ states: ['sending'], limit: 99 })).toHaveLength(1);
    });

    it('failures of a channel all count, and one asks for the probe', async () => {
      const { channels } = ledger();
      const rule = { failures: 5, shortest: 30_000, longest: minute };
      const failed = { now: start, askedUntil: null, rule };
      const counts = await Promise.all(rounds.map(() => channels.countFailure('board', failed)));
      expect(counts.sort((a, b) => a - b)).toEqual(rounds.map((round) => round + 1));
      expect(await channels.state('board', start)).toMatchObject({ failures: 20, openUntil: start + minute });
      const now = start + minute;
      const probes = await Promise.all(rounds.map(() => channels.takeProbe('board', now, now + 30_000)));
      expect(probes.filter(Boolean)).toHaveLength(1);
    });

    it('a withdrawal and a claim leave no post that nobody takes back', async () => {
      const { articles, deliveries } = ledger();
      await Promise.all(
        rounds.map(async (round) => {
          const { id, articleId } = await readyCreate(ledger(), `withdrawn${round}`);
          const withdrawal = { articleId, reason: 'sai', now: start };
          const [, claim] = await Promise.all([
            articles.withdraw(withdrawal, [{ ...withdrawRow('board'), key: `withdraw-${round}` }], []),
            deliveries.claim(id, start, start + minute),
          ]);
          const rows = await deliveries.list({ articleIds: [articleId], limit: 9 });
          const states = Object.fromEntries(rows.map(({ op, state }) => [op, state]));
          expect(states).toEqual(claim ? { create: 'sending', withdraw: 'waiting' } : { create: 'cancelled' });
        }),
      );
    });

    it('readings of one story make one article', async () => {
      const { articles } = ledger();
      const keys = { sourceId: 'portal', externalId: 'guid', canonicalUrl: 'https://bao.example/mot' };
      const made = await Promise.allSettled(
        rounds.map((round) =>
          articles.create(newArticle(`story${round}`, { keys: { ...keys, externalId: `${round % 3}` } })),
        ),
      );
      expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await articles.count()).toBe(1);
    });

    it('revisions follow one another, each with its number and its event', async () => {
      const { articles } = ledger();
      await readyCreate(ledger(), 'revised');
      const written = await Promise.all(rounds.map(() => articles.revise(newRevision('revised', 1))));
      expect(written.filter(Boolean)).toHaveLength(1);
      const ready = await Promise.all(rounds.map(() => articles.markReady('revised', 2, start, ['latest', 'thoi-su'])));
      expect(ready.filter(Boolean)).toHaveLength(1);
      expect((await articles.events('revised')).map(({ kind }) => kind)).toEqual([
        'first seen',
        'ready',
        'revised',
        'ready',
      ]);
    });

    it('every touch of a feed counts, in whatever order feeds are named', async () => {
      const { feeds } = ledger();
      await Promise.all(rounds.map((round) => feeds.touch(round % 2 ? ['a', 'b', 'c'] : ['c', 'b', 'a'])));
      expect((await feeds.all()).map(({ wanted }) => wanted)).toEqual([20, 20, 20]);
    });

    it('an alert is one, and counts everybody', async () => {
      const { alerts } = ledger();
      const raise = () => alerts.raise({ cause: 'queue', message: 'hỏng', now: start });
      await Promise.all(rounds.map(raise));
      expect(await alerts.open()).toMatchObject([{ cause: 'queue', count: 20 }]);
      await Promise.all(rounds.map((round) => (round % 2 ? raise() : alerts.resolve('queue', start))));
      expect((await alerts.open()).length).toBeLessThanOrEqual(1);
    });

    it('polls of one source make one reading of each reference', async () => {
      const { sources } = ledger();
      const refs = ['1', '2', '3'].map((externalId) => ({
        externalId,
        url: null,
        stamp: 'a',
        sign: 'changed' as const,
        data: null,
      }));
      const poll = (round: number) => ({
        sourceId: 'portal',
        cursor: { round },
        refs: round % 2 ? refs : refs.toReversed(),
        now: start,
        nextPollAt: start + minute,
      });
      const armed = await Promise.all(rounds.map((round) => sources.recordPoll(poll(round) as never)));
      expect(armed.flat()).toHaveLength(3);
      expect(armed.flat().every(({ baseline }) => baseline)).toBe(true);
    });
  });
}
