/** An entry's two dates, as readers need them. */
import type { StoredArticle } from '#src/core/article.ts';

/** Readers drop or pin entries from the future: an article is at the latest as old as our first sight of it. */
export function publishedAt(article: StoredArticle): Date {
  const seen = Date.parse(article.firstSeenAt);
  const said = Date.parse(article.publishedAt ?? '');
  return new Date(Number.isNaN(said) ? seen : Math.min(said, seen));
}

/** An edit counts for readers only when this grows, and newsrooms often leave their own date as it was. */
export function updatedAt(article: StoredArticle): Date {
  const published = publishedAt(article).getTime();
  if (article.revision > 1) return new Date(Math.max(published, Date.parse(article.revisedAt)));
  const said = Date.parse(article.updatedAt ?? '');
  const seen = Date.parse(article.firstSeenAt);
  return new Date(Number.isNaN(said) ? published : Math.max(published, Math.min(said, seen)));
}
