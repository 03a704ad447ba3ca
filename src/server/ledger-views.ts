/** What the ledger tells to the outside: the documents of `/api/v1` and of the commands. */
import type { StoredArticle } from '#src/core/article.ts';
import type { ShownDelivery } from '#src/core/decisions.ts';
import type { Delivery, DeliveryState } from '#src/core/delivery.ts';
import type { PostView } from '#src/core/preview.ts';
import { type StopView, stopView } from '#src/server/stop-view.ts';
import type { Ledger } from '#src/stores/ledger.ts';

export interface ArticleView {
  id: string;
  headline: string;
  url: string | null;
  publishedAt: string | null;
  revision: number;
  state: string;
}

export interface DeliveryView {
  id: string;
  article: string;
  channel: string;
  op: string;
  /** Who it is for, where each reader gets a post of their own. */
  part?: string;
  state: string;
  reason: string | null;
  url: string | null;
  attempts: number;
  /** ISO 8601; null: not yet free to go, or over. */
  dueAt: string | null;
  updatedAt: string;
}

/** One delivery with its very post. */
export interface ShownView extends DeliveryView {
  /** It is told in a reply below the post. */
  asReply: boolean;
  revision: number;
  approved: { by: string; at: string } | null;
  /** Null where there is none, or none any more. */
  post: PostView | null;
}

/** Newest first. */
export async function viewArticles(
  ledger: Pick<Ledger, 'articles'>,
  query: { limit: number; offset?: number },
): Promise<{ articles: ArticleView[] }> {
  const stored = await ledger.articles.list(query);
  return { articles: stored.map(articleView) };
}

/** Newest first. `stopped` is there while all posting is stopped. */
export async function viewDeliveries(
  ledger: Pick<Ledger, 'deliveries' | 'switches'>,
  query: { limit: number; state?: DeliveryState; channel?: string; article?: string },
): Promise<{ deliveries: DeliveryView[]; stopped?: StopView }> {
  const { limit, state, channel, article } = query;
  const rows = await ledger.deliveries.list({
    limit,
    ...(state ? { states: [state] } : {}),
    ...(channel ? { channelId: channel } : {}),
    ...(article ? { articleIds: [article] } : {}),
  });
  const stop = await ledger.switches.stopped();
  return { deliveries: rows.map(deliveryView), ...(stop && { stopped: stopView(stop) }) };
}

export function articleView({ id, headline, url, publishedAt, revision, state }: StoredArticle): ArticleView {
  return { id, headline, url, publishedAt, revision, state };
}

export function deliveryView(row: Delivery): DeliveryView {
  return {
    id: row.id,
    article: row.articleId,
    channel: row.channelId,
    op: row.op,
    ...(row.part && { part: row.part }),
    state: row.state,
    reason: row.reason,
    url: row.remote?.url ?? null,
    attempts: row.attempts,
    dueAt: dueTime(row.dueAt),
    updatedAt: new Date(row.updatedAt).toISOString(),
  };
}

export function shownView({ delivery, post }: ShownDelivery): ShownView {
  const { asReply, revision, approved } = delivery;
  const when = approved && { by: approved.by, at: new Date(approved.at).toISOString() };
  return { ...deliveryView(delivery), asReply, revision, approved: when, post };
}

/** A time no one will live to see stands for "when a person says so". */
function dueTime(dueAt: number | null): string | null {
  return dueAt === null || dueAt >= Date.UTC(2200, 0) ? null : new Date(dueAt).toISOString();
}
