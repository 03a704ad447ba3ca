/** What in the lists is new, and what vanished from their middle. */
import { normalizeUrl } from '#src/core/identity.ts';
import type { ArticleRef } from '#src/core/signal.ts';
import { mark } from '#src/sources/marks.ts';
import type { ListState } from '#src/sources/page/cursor.ts';
import type { ListedArticle } from '#src/sources/page/listing.ts';

export interface PagePayload {
  title: string | null;
  date: string | null;
}

/** Pages looked at in one poll because they are listed no more. */
const mostLooks = 3;

/** Its words in the list are all that can be seen of a change; dates there grow older by themselves. */
export function stampOf({ title }: ListedArticle): string {
  return mark(title ?? '');
}

/** Last of the list first, as articles are to be read from the oldest to the newest. */
export function findNews(articles: readonly ListedArticle[], known: ReadonlyMap<string, string>): ArticleRef[] {
  return articles
    .filter((article) => known.get(mark(article.id)) !== stampOf(article))
    .map((article): ArticleRef => {
      const { id, url, title, date } = article;
      const payload: PagePayload = { title, date };
      return { externalId: id, url, title, stamp: stampOf(article), sign: 'changed', payload };
    })
    .reverse();
}

/** Articles that left a list above others that stayed: their pages are to be looked at, no more. */
export function findVanished(before: ListState, after: ListState, present: ReadonlySet<string>): ArticleRef[] {
  const stayed = before.listed.findLastIndex(({ id }) => present.has(id));
  const missing = before.listed.filter(({ id }, index) => index < stayed && !present.has(id));
  if (missing.length * 2 > before.listed.length || after.hash === before.hash) return [];
  return missing.slice(0, mostLooks).map(({ id, url, stamp }) => ({
    externalId: id,
    url: normalizeUrl(url) === id ? url : id,
    title: null,
    stamp: `gone ${stamp}`,
    sign: 'gone',
    payload: null,
  }));
}
