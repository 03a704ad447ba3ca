import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tid, tidOf, timeOfTid } from '#src/channels/bluesky/tid.ts';

describe('keys of records', () => {
  it('are written as the specification writes them', () => {
    expect(tid(1795401000000000n, 0)).toBe('3n2x3jhfak222');
    expect(tid(1795401000000000n, 1023)).toBe('3n2x3jhfak2zz');
    expect(tid(1795401000000001n, 7)).toBe('3n2x3jhfak32b');
    expect(timeOfTid('3n2x3jhfak222')).toBe(1795401000000);
    for (const text of ['', '3n2x3jhfak22', 'zzzzzzzzzzzzz', '3N2X3JHFAK222']) expect(timeOfTid(text)).toBeNull();
  });

  it('come from the delivery alone, in the minute before it began', () => {
    fc.assert(
      fc.property(fc.integer({ min: 60_000, max: 4e12 }), fc.string(), (at, key) => {
        const made = tidOf(at, key);
        expect(tidOf(at, key)).toBe(made);
        expect(made).toMatch(/^[2-7a-j][2-7a-z]{12}$/);
        expect(timeOfTid(made)).toBeGreaterThanOrEqual(at - 60_000);
        expect(timeOfTid(made)).toBeLessThanOrEqual(at);
      }),
    );
  });

  it('differ between deliveries of one moment', () => {
    const keys = Array.from({ length: 5000 }, (_, index) => tidOf(1795401000000, `key-${index}`));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('sort as their times', () => {
    const times = fc.bigInt({ min: 0n, max: (1n << 53n) - 1n });
    const clock = fc.integer({ min: 0, max: 1023 });
    fc.assert(
      fc.property(times, times, clock, clock, (a, b, one, other) => {
        if (a !== b) expect(tid(a, one) < tid(b, other)).toBe(a < b);
      }),
    );
  });
});
