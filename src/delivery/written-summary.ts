/** The summary that a language model wrote of an article: asked for once, kept, the same for preview and post. */
import type { StoredArticle } from '#src/core/article.ts';
import type { WrittenSummary } from '#src/core/compose.ts';
import { askForSummary } from '#src/delivery/ask-for-summary.ts';
import type { DeliveryDeps } from '#src/delivery/deps.ts';

type SummaryDeps = Pick<DeliveryDeps, 'http' | 'clock' | 'log' | 'signal'> & {
  ledger: Pick<DeliveryDeps['ledger'], 'summaries'>;
  settings: Pick<DeliveryDeps['settings'], 'summarizer'>;
};

/** Null where none is wanted: the article's own sentences are used, as where it has no text. */
export async function writtenSummary(article: StoredArticle, deps: SummaryDeps): Promise<WrittenSummary | null> {
  const { summarizer } = deps.settings;
  if (summarizer === null) return null;
  const { summaries } = deps.ledger;
  const known = await summaries.get(article.id, article.revision);
  if (known) return known;
  const made = await askForSummary(article, summarizer, deps);
  // Stopped while it waited: the next one asks again.
  if (made === 'stopped') return { text: null, why: 'Loa was stopping' };
  return summaries.keep(article.id, article.revision, made, deps.clock.now());
}
