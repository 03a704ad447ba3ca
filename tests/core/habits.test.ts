import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Habits,
  judgeBody,
  mismatchOf,
  noHabits,
  type SeenArticle,
  sameHabits,
  withArticle,
} from '#src/core/habits.ts';

const grow = (seen: readonly SeenArticle[], from: Habits = noHabits) => seen.reduce(withArticle, from);
const article = (id: number, more: Partial<SeenArticle> = {}): SeenArticle => ({
  externalId: `tin-${id}`,
  body: 'found',
  photos: 1,
  ...more,
});
const many = (count: number, more: Partial<SeenArticle> = {}) =>
  Array.from({ length: count }, (_, index) => article(index, more));

describe('bodies', () => {
  test('one page without a story says nothing, two different ones in a row do', () => {
    const first = withArticle(noHabits, article(1, { body: 'missing', photos: null }));
    expect(mismatchOf(first)).toBeNull();
    expect(mismatchOf(withArticle(first, article(2, { body: 'missing', photos: null })))).toEqual({
      kind: 'no body',
      articles: 2,
    });
  });

  test('the same page again and again is one', () => {
    expect(mismatchOf(grow(Array.from({ length: 5 }, () => article(1, { body: 'missing', photos: null }))))).toBeNull();
  });

  test('one that fits ends it', () => {
    const lost = grow(many(3, { body: 'missing', photos: null }));
    expect(mismatchOf(withArticle(lost, article(9)))).toBeNull();
  });

  test('found elsewhere than the profile says is told apart', () => {
    expect(mismatchOf(grow(many(2, { body: 'elsewhere' })))).toEqual({ kind: 'body elsewhere', articles: 2 });
    const both = grow([article(1, { body: 'elsewhere' }), article(2, { body: 'missing', photos: null })]);
    expect(mismatchOf(both)).toEqual({ kind: 'no body', articles: 1 });
  });
});

describe('photos', () => {
  const three = many(3, { photos: 0 });

  test('are missed when three in a row have none where ten before them had some', () => {
    const before = grow(many(10));
    expect(mismatchOf(grow(three.slice(1), before))).toBeNull();
    expect(mismatchOf(grow(three, before))).toEqual({ kind: 'no photos', before: 10 });
    expect(mismatchOf(grow([...three, ...three], before))).toEqual({ kind: 'no photos', before: 10 });
  });

  test('are not missed where there were not always some', () => {
    expect(mismatchOf(grow([...many(9), ...three]))).toBeNull();
    expect(mismatchOf(grow([...many(9), article(0, { photos: 0 }), ...many(5), ...three]))).toBeNull();
  });

  test('are back with the first that has some', () => {
    const missed = grow([...many(10), ...three]);
    expect(mismatchOf(withArticle(missed, article(99)))).toBeNull();
  });

  test('are not missed for ever: thirty articles without are a new habit', () => {
    expect(mismatchOf(grow([...many(10), ...many(29, { photos: 0 })]))).not.toBeNull();
    expect(mismatchOf(grow([...many(10), ...many(30, { photos: 0 })]))).toBeNull();
  });

  test('of an article that was seen before are not counted again', () => {
    const before = grow(many(10));
    expect(grow(many(5, { photos: null }), before)).toEqual(before);
  });
});

describe('pages that are hardly more than a sentence', () => {
  test('are stories where they always were, and something else where whole ones stood', () => {
    expect(judgeBody('tiny', noHabits)).toBe('tiny');
    expect(judgeBody('tiny', grow(many(5, { body: 'tiny' })))).toBe('tiny');
    expect(judgeBody('tiny', grow(many(2)))).toBe('tiny');
    expect(judgeBody('tiny', grow(many(3)))).toBe('missing');
    expect(judgeBody('found', grow(many(3)))).toBe('found');
  });

  test('raise no alert', () => {
    expect(mismatchOf(grow(many(5, { body: 'tiny' })))).toBeNull();
  });
});

test('what stays the same needs no writing: a source whose articles all have photos changes nothing after ten', () => {
  const before = grow(many(10));
  expect(sameHabits(before, withArticle(before, article(11)))).toBe(true);
  expect(sameHabits(before, withArticle(before, article(11, { photos: 0 })))).toBe(false);
  expect(sameHabits(before, withArticle(before, article(11, { body: 'missing', photos: null })))).toBe(false);
});

test('whatever comes, the habits stay small, and an article that fits ends what was said of bodies', () => {
  const seen = fc.record<SeenArticle>({
    externalId: fc.string(),
    body: fc.constantFrom('found', 'elsewhere', 'tiny', 'missing'),
    photos: fc.option(fc.nat(3)),
  });
  fc.assert(
    fc.property(fc.array(seen, { maxLength: 100 }), (articles) => {
      const habits = grow(articles);
      expect(habits.astray.length).toBeLessThanOrEqual(20);
      expect(habits.withPhotos).toBeLessThanOrEqual(10);
      expect(habits.withoutPhotos).toBeLessThan(30);
      const kind = mismatchOf(withArticle(habits, article(1, { photos: null })))?.kind;
      expect([undefined, 'no photos']).toContain(kind);
    }),
  );
});
