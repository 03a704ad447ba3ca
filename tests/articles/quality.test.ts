import { describe, expect, it } from 'vitest';
import { addScores, type Score, shareOf } from '#tests/articles/quality.ts';
import { missesOf, scorePages } from '#tests/articles/read-pages.ts';
import { pages } from '#tests/fixtures/pages/pages.ts';

const results = scorePages(pages);
const all = addScores(results.map(({ score }) => score));
const missesIn = (...fields: string[]) =>
  missesOf(
    results.map((result) => ({ ...result, misses: result.misses.filter(({ field }) => fields.includes(field)) })),
  );
const atLeast = (field: keyof Score, bar: number) =>
  expect(shareOf(all[field]), missesIn(field)).toBeGreaterThanOrEqual(bar);

describe('pages of newsrooms nobody has seen before', () => {
  it('come in at least ten layouts and eight languages', () => {
    expect(pages.length).toBeGreaterThanOrEqual(56);
    expect(new Set(pages.map(({ layout }) => layout)).size).toBeGreaterThanOrEqual(10);
    expect(new Set(pages.map(({ expected }) => expected.language)).size).toBeGreaterThanOrEqual(8);
  });

  it('give every photo and no other', () => {
    atLeast('photo recall', 0.98);
    atLeast('photo precision', 0.98);
  });

  it('give photos their own captions and credits', () => {
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
});
