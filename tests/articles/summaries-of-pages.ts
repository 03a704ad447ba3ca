/** The summaries of pages that are read whole, where they are read already: reading them all takes seconds. */
import { expect, it } from 'vitest';
import { graphemesOf } from '#src/core/length.ts';
import { isWhole } from '#src/core/sentences.ts';
import { summarise } from '#src/core/summary.ts';
import type { PageResult } from '#tests/articles/read-pages.ts';

const unmarked = /[\p{Script=Thai}\p{Script=Lao}][\p{M}"”]*$/u;

export function summariesOf(results: readonly PageResult[]): void {
  const articles = results.map(({ article }) => article);

  it('have a summary that ends as sentences do, and is neither headline, caption nor byline', () => {
    for (const article of articles) {
      const summary = summarise(article);
      expect(summary, article.headline).not.toBe('');
      expect(isWhole(summary) || unmarked.test(summary), summary).toBe(true);
      expect(graphemesOf(summary).length).toBeLessThanOrEqual(320);
      const others = [article.headline, article.bylinePrinted, ...article.photos.map(({ caption }) => caption)];
      expect(others).not.toContain(summary);
      if (article.dateline) expect(summary.startsWith(`${article.dateline.text},`)).toBe(false);
    }
  });

  it('are summed up in less than 5 ms', () => {
    const round = () => {
      const started = process.cpuUsage();
      for (const article of articles) summarise(article);
      return process.cpuUsage(started).user / 1000 / articles.length;
    };
    // The best of some: the first pays for what is compiled once.
    expect(Math.min(round(), round(), round())).toBeLessThan(5);
  });
}
