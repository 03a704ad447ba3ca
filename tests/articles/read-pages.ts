/** Reads the fixture pages as the reading thread does, with nothing known but the site. */
import { loadProfile } from '#config/profiles.ts';
import { readArticle } from '#src/articles/read.ts';
import type { Article } from '#src/core/article.ts';
import { addScores, fields, type Miss, type Score, scorePage, shareOf } from '#tests/articles/quality.ts';
import type { FixturePage } from '#tests/fixtures/pages/page.ts';

const now = Date.parse('2026-11-25T15:00:00Z');

export interface PageResult {
  page: FixturePage;
  article: Article;
  score: Score;
  misses: Miss[];
}

/** `saved`: as a file that does not say where it stood. */
export function readFixture({ url, html, zone, expected }: FixturePage, saved = false): Article {
  const profile = loadProfile('auto', expected.language);
  const site = { name: 'Báo Ví Dụ', url: new URL(url).origin, language: expected.language, timezone: zone };
  return readArticle({ kind: 'page', url: saved ? null : url, html, hints: {} }, { profile, site, now });
}

export function scorePages(pages: readonly FixturePage[], saved = false): PageResult[] {
  return pages.map((page) => {
    const article = readFixture(page, saved);
    return { page, article, ...scorePage(page, article) };
  });
}

/** One line per layout, per language and for all, one column per field. */
export function qualityTable(results: readonly PageResult[]): string {
  const groups = new Map<string, Score[]>();
  for (const { page, score } of results) {
    for (const group of [`layout ${page.layout}`, `language ${page.expected.language}`, 'all']) {
      groups.set(group, [...(groups.get(group) ?? []), score]);
    }
  }
  const names = [...groups.keys()].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
  const rows = names.map((name) => {
    const sum = addScores(groups.get(name)!);
    return [name, ...fields.map((field) => (sum[field].of === 0 ? '' : shareOf(sum[field]).toFixed(3)))];
  });
  const all = [['', ...fields], ...rows];
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export function missesOf(results: readonly PageResult[]): string {
  return results
    .flatMap(({ misses }) => misses)
    .map(
      ({ page, field, expected, got }) =>
        `${page}: ${field}\n  expected ${JSON.stringify(expected)}\n  got      ${JSON.stringify(got)}`,
    )
    .join('\n');
}

function rank(group: string): number {
  return ['layout', 'language', 'all'].indexOf(group.split(' ')[0]!);
}
