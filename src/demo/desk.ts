/** The demo desk: what stands on the sample site at a given moment. Pure, so that a restart finds the site as it was. */
import type { SampleArticle } from '#src/demo/article-file.ts';

export interface DeskPlan {
  /** How many articles stand there from the start. */
  baseline: number;
  /** Milliseconds between two new ones. */
  every: number;
  /** How long after its publication an article is corrected or taken back. */
  correctAfter: number;
  withdrawAfter: number;
}

export interface PublishedArticle extends SampleArticle {
  publishedAt: number;
  updatedAt: number;
}

export interface DeskState {
  /** Newest first. */
  articles: PublishedArticle[];
  /** Slugs of those taken back: their pages answer 410. */
  withdrawn: string[];
  /** When the last thing happens; after it the site stays as it is. */
  endsAt: number;
}

const hour = 3_600_000;

/** The articles are in order of publication; the first `baseline` of them are older than `startedAt`. */
export function deskAt(articles: readonly SampleArticle[], plan: DeskPlan, startedAt: number, now: number): DeskState {
  const all = articles.map((article, index) => ({ article, times: timesOf(article, index, plan, startedAt) }));
  const out = all.filter(({ times }) => times.publishedAt <= now);
  return {
    articles: out
      .filter(({ times }) => times.withdrawnAt > now)
      .map(({ article, times }) => publish(article, times, now))
      .reverse(),
    withdrawn: out.filter(({ times }) => times.withdrawnAt <= now).map(({ article }) => article.slug),
    endsAt: Math.max(...all.flatMap(({ times }) => Object.values(times).filter(Number.isFinite))),
  };
}

interface Times {
  publishedAt: number;
  correctedAt: number;
  withdrawnAt: number;
}

function timesOf(article: SampleArticle, index: number, plan: DeskPlan, startedAt: number): Times {
  const older = plan.baseline - index;
  const publishedAt = older > 0 ? startedAt - older * 2 * hour : startedAt + (1 - older) * plan.every;
  return {
    publishedAt,
    correctedAt: article.correction ? publishedAt + plan.correctAfter : Number.POSITIVE_INFINITY,
    withdrawnAt: article.withdrawn ? publishedAt + plan.withdrawAfter : Number.POSITIVE_INFINITY,
  };
}

function publish(article: SampleArticle, times: Times, now: number): PublishedArticle {
  const { publishedAt, correctedAt } = times;
  if (correctedAt > now || !article.correction) return { ...article, publishedAt, updatedAt: publishedAt };
  const { headline, replace } = article.correction;
  const mend = (text: string): string => (replace ? text.replace(replace[0], replace[1]) : text);
  return {
    ...article,
    publishedAt,
    updatedAt: correctedAt,
    headline: headline ?? article.headline,
    sapo: mend(article.sapo),
    blocks: article.blocks.map((block) =>
      block.kind === 'paragraph' ? { ...block, text: mend(block.text) } : { ...block, caption: mend(block.caption) },
    ),
  };
}
