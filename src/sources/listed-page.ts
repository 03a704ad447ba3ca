import type { Hints, RawArticle } from '#src/core/raw-article.ts';
import type { ArticleRef } from '#src/core/signal.ts';
import { isListing } from '#src/markup/page-signs.ts';
import { fetchArticlePage } from '#src/sources/article-page.ts';
import type { SourceTools } from '#src/sources/source.ts';

export interface ListedPage {
  /** An address the operator gave. */
  named: string;
  /** What the list says of it; the page's own word counts more. */
  hints: Pick<Hints, 'headline' | 'publishedAt'>;
  /** A list is no article, and is passed over without a word: nobody said that this page is one. */
  skipLists: boolean;
}

/** The page of an article that a list names; null for what is none, or was only to be looked at and still stands. */
export async function readListedPage(
  ref: ArticleRef,
  { named, hints, skipLists }: ListedPage,
  tools: SourceTools,
): Promise<RawArticle | null> {
  const found = await fetchArticlePage(ref.url ?? ref.externalId, named, tools);
  if (!('signs' in found)) return found;
  const { page, signs } = found;
  if (ref.sign === 'gone') return null;
  if (skipLists && isListing(signs)) {
    tools.log.debug(`${page.url} is a list, not an article`, { url: page.url });
    return null;
  }
  const { headline, publishedAt } = hints;
  return {
    ...page,
    hints: {
      ...(headline && !signs.hasHeadline && { headline }),
      ...(publishedAt && !signs.hasDate && { publishedAt }),
    },
  };
}
