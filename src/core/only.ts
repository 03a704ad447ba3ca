/** Which articles a feed or channel takes. */
import type { Article } from '#src/core/article.ts';
import type { FeedSettings, Only } from '#src/core/settings.ts';

export type Sortable = Pick<Article, 'section' | 'tags' | 'language'> & { sourceId: string };

/** Whether the article passes; null takes all. Names are compared without regard to case or Unicode form. */
export function matches(only: Only | null, article: Sortable): boolean {
  return mismatch(only, article) === null;
}

/** Ids of the feeds that take the article. */
export function feedsTaking(article: Sortable, feeds: readonly Pick<FeedSettings, 'id' | 'only'>[]): string[] {
  return feeds.filter(({ only }) => matches(only, article)).map(({ id }) => id);
}

/** Why the article does not pass, in plain words; null when it does. */
export function mismatch(only: Only | null, article: Sortable): string | null {
  if (!only) return null;
  const values = valuesOf(article);
  for (const key of keys) {
    const wanted = only[key];
    if (wanted && !meets(key, wanted, values[key])) return `it takes ${key} ${wanted.join(', ')}`;
  }
  for (const key of keys) {
    const refused = only.not?.[key];
    if (refused && meets(key, refused, values[key])) return `it takes no ${key} ${refused.join(', ')}`;
  }
  return null;
}

const keys = ['section', 'tag', 'source', 'language'] as const;
type Key = (typeof keys)[number];

function valuesOf(article: Sortable): Record<Key, string[]> {
  return {
    section: article.section === null ? [] : [article.section],
    tag: article.tags,
    source: [article.sourceId],
    language: [article.language],
  };
}

function meets(key: Key, wanted: string[], values: string[]): boolean {
  return wanted.some((want) => values.some((value) => same(key, fold(want), fold(value))));
}

/** `vi` takes `vi-VN` too. */
function same(key: Key, want: string, value: string): boolean {
  return want === value || (key === 'language' && value.startsWith(`${want}-`));
}

const fold = (text: string) => text.normalize('NFC').trim().toLowerCase();
