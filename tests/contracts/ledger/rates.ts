import { describe, expect, it } from 'vitest';
import type { Ledger } from '#src/stores/ledger.ts';
import { minute, start } from '#tests/contracts/ledger/samples.ts';

const hour = 60 * minute;

/** Token buckets of accounts. */
export function rateContract(ledger: () => Ledger): void {
  const bucket = (cost: number, change = {}) => ({ account: 'bao@example', units: 6, per: hour, cost, ...change });

  describe('rates', () => {
    it('give what is there, then say when there is enough again', async () => {
      const { rates } = ledger();
      expect(await rates.take([bucket(3)], start)).toBeNull();
      expect(await rates.take([bucket(3)], start)).toBeNull();
      expect(await rates.take([bucket(3)], start)).toBe(start + hour / 2);
      expect(await rates.take([bucket(3)], start + hour / 2 - 1000)).toBe(start + hour / 2);
      expect(await rates.take([bucket(3)], start + hour / 2)).toBeNull();
    });

    it('are one for all channels of an account, and apart for others', async () => {
      const { rates } = ledger();
      expect(await rates.take([bucket(6)], start)).toBeNull();
      expect(await rates.take([bucket(1)], start)).toBe(start + 10 * minute);
      expect(await rates.take([bucket(6, { account: 'other' })], start)).toBeNull();
    });

    it('take from all or from none', async () => {
      const { rates } = ledger();
      const day = { account: 'bao@example day', units: 2, per: 24 * hour };
      expect(await rates.take([bucket(1), bucket(2, day)], start)).toBeNull();
      expect(await rates.take([bucket(5), bucket(1, day)], start)).toBe(start + 12 * hour);
      expect(await rates.take([bucket(5)], start)).toBeNull();
    });

    it('give each unit once, however many ask at the same time', async () => {
      const { rates } = ledger();
      const asked = await Promise.all(Array.from({ length: 10 }, () => rates.take([bucket(1)], start)));
      expect(asked.filter((until) => until === null)).toHaveLength(6);
      const both = [bucket(1, { account: 'a' }), bucket(1, { account: 'b' })];
      const crossed = Array.from({ length: 12 }, (_, index) =>
        rates.take(index % 2 ? both : [...both].reverse(), start),
      );
      expect((await Promise.all(crossed)).filter((until) => until === null)).toHaveLength(6);
    });

    it('let go what costs more than a full one as soon as it is full', async () => {
      const { rates } = ledger();
      expect(await rates.take([bucket(20)], start)).toBeNull();
      expect(await rates.take([bucket(20)], start)).toBe(start + hour);
      expect(await rates.take([bucket(20)], start + hour)).toBeNull();
    });

    it('give nothing away to a clock that was set back, and do not wait for what it had shown', async () => {
      const { rates } = ledger();
      expect(await rates.take([bucket(6)], start + 10 * hour)).toBeNull();
      expect(await rates.take([bucket(1)], start)).toBe(start + 10 * minute);
      expect(await rates.take([bucket(1)], start + 10 * minute)).toBeNull();
    });

    it('never hold more than their units, however long nobody asked', async () => {
      const { rates } = ledger();
      expect(await rates.take([bucket(1)], start)).toBeNull();
      expect(await rates.take([bucket(6)], start + 1000 * hour)).toBeNull();
      expect(await rates.take([bucket(1)], start + 1000 * hour)).toBe(start + 1000 * hour + 10 * minute);
    });
  });
}
