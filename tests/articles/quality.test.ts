import { describe, expect, it } from 'vitest';
import { addScores, type Score, shareOf } from '#tests/articles/quality.ts';
import { missesOf, scorePages } from '#tests/articles/read-pages.ts';
import { summariesOf } from '#tests/articles/summaries-of-pages.ts';
import { pages } from '#tests/fixtures/pages/pages.ts';

type Results = ReturnType<typeof scorePages>;

const atLeast = (results: Results, field: keyof Score, bar: number) => {
  const misses = results.map((result) => ({ ...result, misses: result.misses.filter((miss) => miss.field === field) }));
  const share = shareOf(addScores(results.map(({ score }) => score))[field]);
  expect(share, missesOf(misses)).toBeGreaterThanOrEqual(bar);
};

const texts = (results: Results) => {
  atLeast(results, 'headline', 1);
  atLeast(results, 'caption in lead', 1);
  atLeast(results, 'lead', 0.97);
  atLeast(results, 'byline', 0.95);
  atLeast(results, 'boilerplate', 0.99);
  atLeast(results, 'lost', 0.99);
};

describe('pages of newsrooms nobody has seen before', () => {
  const results = scorePages(pages);

  it('come in at least ten layouts and eight languages', () => {
    expect(pages.length).toBeGreaterThanOrEqual(56);
    expect(new Set(pages.map(({ layout }) => layout)).size).toBeGreaterThanOrEqual(10);
    expect(new Set(pages.map(({ expected }) => expected.language)).size).toBeGreaterThanOrEqual(8);
  });

  it('give every photo and no other, with its own caption and credit', () => {
    atLeast(results, 'photo recall', 0.98);
    atLeast(results, 'photo precision', 0.98);
    atLeast(results, 'caption', 0.97);
    atLeast(results, 'credit', 0.97);
  });

  it('give the headline, the lead without captions, the names, and the whole text with nothing else', () => {
    texts(results);
  });

  it('say when, where and in what language', () => {
    atLeast(results, 'published at', 0.97);
    atLeast(results, 'dateline', 0.97);
    atLeast(results, 'language', 0.98);
    atLeast(results, 'section', 0.9);
  });

  summariesOf(results);
});

describe('the same pages, saved as files that do not say where they stood', () => {
  const saved = scorePages(pages, true);

  it('give the same headline, lead, names and text', () => {
    texts(saved);
  });
});
