import { describe, expect, it } from 'vitest';
import { addScores, type Score, shareOf } from '#tests/articles/quality.ts';
import { missesOf, readFixture, scorePages } from '#tests/articles/read-pages.ts';
import { summariesOf } from '#tests/articles/summaries-of-pages.ts';
import { notArticles } from '#tests/fixtures/pages-held-out/not-articles.ts';
import { heldOut } from '#tests/fixtures/pages-held-out/pages.ts';

const results = scorePages(heldOut);
const all = addScores(results.map(({ score }) => score));
const missesIn = (...fields: string[]) =>
  missesOf(
    results.map((result) => ({ ...result, misses: result.misses.filter(({ field }) => fields.includes(field)) })),
  );
const atLeast = (field: keyof Score, bar: number) =>
  expect(shareOf(all[field]), missesIn(field)).toBeGreaterThanOrEqual(bar);

describe('pages written apart from the reader', () => {
  it('come each in a layout of its own, in many languages', () => {
    expect(heldOut.length).toBeGreaterThanOrEqual(40);
    expect(new Set(heldOut.map(({ layout }) => layout)).size).toBe(heldOut.length);
    expect(new Set(heldOut.map(({ expected }) => expected.language)).size).toBeGreaterThanOrEqual(14);
  });

  it('give every photo and no other, with its own caption and credit', () => {
    atLeast('photo recall', 0.98);
    atLeast('photo precision', 0.98);
    atLeast('caption', 0.97);
    atLeast('credit', 0.97);
  });

  it('give the headline, the lead without captions, and the names', () => {
    atLeast('headline', 1);
    atLeast('caption in lead', 1);
    atLeast('lead', 0.97);
    atLeast('byline', 0.95);
  });

  it('lose nothing and keep nothing that is not the article', () => {
    atLeast('boilerplate', 0.99);
    atLeast('lost', 0.99);
  });

  it('say when, where and in what language', () => {
    atLeast('published at', 0.97);
    atLeast('dateline', 0.97);
    atLeast('language', 0.98);
    atLeast('section', 0.9);
  });

  summariesOf(results);
});

describe('pages that are no article', () => {
  it.each(notArticles)('leave a doubt: $name', ({ name, url, html, zone, language }) => {
    const [first] = heldOut;
    if (!first) throw new Error('There are no pages.');
    const expected = { ...first.expected, language };
    expect(readFixture({ name, layout: 'none', zone, url, html, expected }).doubts).not.toEqual([]);
  });
});
