/** Articles and revisions between the ledger's words and its tables. */
import { type Kysely, type Selectable, sql } from 'kysely';
import type { Article, ArticleEvent, ArticleKeys, StoredArticle } from '#src/core/article.ts';
import type { ArticlesTable, Database, RevisionsTable } from '#src/stores/postgres/tables.ts';
import { cleanOrNull, fold, indexKey, parseTime, toIso, toJson } from '#src/stores/postgres/values.ts';

type ArticleColumns = 'id' | 'entry_id' | 'source_id' | 'state' | 'baseline' | 'first_seen_at' | 'ready_revision';
type RevisionColumns = 'revisions.revision' | 'content' | 'content_hash' | 'revised_at';

export type ArticleRow = Pick<Selectable<ArticlesTable>, ArticleColumns> &
  Pick<Selectable<RevisionsTable>, 'revision' | 'content' | 'content_hash' | 'revised_at'>;

/** What `toStoredArticle` needs of articles joined with one revision each. */
export const articleColumns = [
  ...(['id', 'entry_id', 'source_id', 'state', 'baseline', 'first_seen_at', 'ready_revision'] as const),
  ...(['revisions.revision', 'content', 'content_hash', 'revised_at'] as const),
] satisfies (ArticleColumns | RevisionColumns)[];

export function toStoredArticle(row: ArticleRow): StoredArticle {
  return {
    ...row.content,
    id: row.id,
    entryId: row.entry_id,
    revision: row.revision,
    state: row.state,
    sourceId: row.source_id,
    firstSeenAt: toIso(row.first_seen_at),
    revisedAt: toIso(row.revised_at),
    baseline: row.baseline,
    readyRevision: row.ready_revision,
  };
}

/** The article as of its newest revision, or of the one named. */
export function selectArticles(loa: Kysely<Database>, revision?: number) {
  return loa
    .selectFrom('articles')
    .innerJoin('revisions', (join) =>
      revision === undefined
        ? join.onRef('revisions.article_id', '=', 'articles.id').onRef('revisions.revision', '=', 'articles.revision')
        : join.onRef('revisions.article_id', '=', 'articles.id').on('revisions.revision', '=', revision),
    )
    .select(articleColumns);
}

export interface RevisionToWrite {
  articleId: string;
  revision: number;
  article: Article;
  contentHash: string;
  changes: string[];
  now: number;
}

export async function insertRevision(trx: Kysely<Database>, written: RevisionToWrite): Promise<void> {
  const { article } = written;
  await trx
    .insertInto('revisions')
    .values({
      article_id: written.articleId,
      revision: written.revision,
      content: toJson(article),
      content_hash: written.contentHash,
      changes: toJson(written.changes),
      revised_at: written.now,
      published_at: parseTime(article.publishedAt),
      section_key: article.section === null ? null : fold(article.section),
      tag_keys: toJson(article.tags.map(fold)),
      language_key: fold(article.language),
    })
    .execute();
}

export function addressesOf({ canonicalUrl, addresses = [] }: ArticleKeys): string[] {
  return [...new Set([...(canonicalUrl === null ? [] : [canonicalUrl]), ...addresses])];
}

/** Joins keys to an article; those that lead elsewhere already stay there. Gives the articles that they lead to. */
export async function insertKeys(trx: Kysely<Database>, articleId: string, keys: ArticleKeys): Promise<string[]> {
  const key = { source_id: keys.sourceId, external_id: indexKey(keys.externalId) };
  await trx
    .insertInto('article_keys')
    .values({ ...key, article_id: articleId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const addresses = addressesOf(keys).map(indexKey);
  if (addresses.length > 0) {
    await trx
      .insertInto('article_addresses')
      // In one order, so that two that share several do not wait for each other.
      .values(addresses.sort().map((canonical_url) => ({ canonical_url, article_id: articleId })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  const led = await trx
    .selectFrom('article_keys')
    .select('article_id')
    .where('source_id', '=', key.source_id)
    .where('external_id', '=', key.external_id)
    .unionAll(
      trx
        .selectFrom('article_addresses')
        .select('article_id')
        .where('canonical_url', '=', sql<string>`any(${addresses}::text[])`),
    )
    .execute();
  return [...new Set(led.map(({ article_id }) => article_id))];
}

/** By source and external id, else by canonical address. */
export async function findByKeys(loa: Kysely<Database>, keys: ArticleKeys): Promise<string | null> {
  const known = await loa
    .selectFrom('article_keys')
    .select('article_id')
    .where('source_id', '=', keys.sourceId)
    .where('external_id', '=', indexKey(keys.externalId))
    .executeTakeFirst();
  if (known) return known.article_id;
  const address = await loa
    .selectFrom('article_addresses')
    .select('article_id')
    .where('canonical_url', '=', sql<string>`any(${addressesOf(keys).map(indexKey)}::text[])`)
    .limit(1)
    .executeTakeFirst();
  return address?.article_id ?? null;
}

/** Call it while the transaction holds the article's row: the number is the next one. */
export async function insertEvent(
  trx: Kysely<Database>,
  articleId: string,
  event: Pick<ArticleEvent, 'at' | 'kind' | 'revision' | 'detail'>,
): Promise<void> {
  await trx
    .insertInto('article_events')
    .columns(['article_id', 'number', 'at', 'kind', 'revision', 'detail'])
    .expression((eb) =>
      eb
        .selectFrom('article_events')
        .select((inner) => [
          inner.val(articleId).$castTo<string>().as('article_id'),
          inner(inner.fn.coalesce(inner.fn.max('number'), inner.lit(0)), '+', 1).as('number'),
          inner.val(event.at).as('at'),
          inner.val(event.kind).as('kind'),
          inner.val(event.revision).as('revision'),
          inner.val(cleanOrNull(event.detail)).as('detail'),
        ])
        .where('article_id', '=', articleId),
    )
    .execute();
}
