import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeliveryState } from '#src/core/delivery.ts';
import type { Ledger } from '#src/stores/ledger.ts';
import { minute, readyCreate, start } from '#tests/contracts/ledger/samples.ts';

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
}
