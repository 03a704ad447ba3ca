import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { percentile, ratioOf, spreadOf } from '#tests/bench/statistics.ts';

const measures = fc.array(fc.double({ min: 0.001, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 });

describe('the spread of several runs', () => {
  test('one slow run does not move the median', () => {
    expect(spreadOf([12, 11, 10, 400, 13])).toEqual({ median: 12, min: 10, max: 400 });
  });

  test('of an even number of runs the median lies between the two in the middle', () => {
    expect(spreadOf([4, 1, 2, 3]).median).toBe(2.5);
  });

  test('the median lies within, whatever was measured', () => {
    fc.assert(
      fc.property(measures, (values) => {
        const { median, min, max } = spreadOf(values);
        expect(min <= median && median <= max).toBe(true);
      }),
    );
  });

  test('nothing measured is said, not taken for 0', () => {
    expect(() => spreadOf([])).toThrow('Nothing was measured');
  });
});

test('a ratio is that of the medians, its spread that of each round', () => {
  expect(ratioOf([10, 20, 60], [10, 10, 20])).toEqual({ median: 2, min: 1, max: 3 });
});

test('p99 of a hundred values is all but the last', () => {
  const values = Array.from({ length: 101 }, (_, index) => index);
  expect([percentile(values, 0.5), percentile(values, 0.99), percentile(values, 1)]).toEqual([50, 99, 100]);
});
