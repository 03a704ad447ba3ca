/** Known articles that may be the story that was read. */
import { type Kysely, sql } from 'kysely';
import { addressKey } from '#src/core/address-key.ts';
import type { ArticleKeys, StoredArticle } from '#src/core/article.ts';
import { addressMark } from '#src/core/identity.ts';
import type { KnownStory } from '#src/stores/articles.ts';
import { addressesOf, articleColumns, selectArticles, toStoredArticle } from '#src/stores/postgres/article-rows.ts';
import type { Database } from '#src/stores/postgres/tables.ts';
import { anyOf, indexKey } from '#src/stores/postgres/values.ts';

/** Those that share its name or an address first, then those with the most marks in common. */
export async function findCandidates(
  loa: Kysely<Database>,
  { keys, marks, limit }: { keys: ArticleKeys; marks: readonly string[]; limit: number },
): Promise<KnownStory[]> {
  const ids = await candidateIds(loa, keys, marks, limit);
  if (ids.length === 0) return [];
  const rows = await loa
    .selectFrom('articles')
    .innerJoin('revisions', (join) =>
      join.onRef('revisions.article_id', '=', 'articles.id').onRef('revisions.revision', '=', 'articles.revision'),
    )
    .select([...articleColumns, 'content_from', 'withdrawn_by'])
    .where('id', 'in', ids)
    .execute();
  const names = await loa.selectFrom('article_keys').selectAll().where('article_id', 'in', ids).execute();
  const addresses = await loa.selectFrom('article_addresses').selectAll().where('article_id', 'in', ids).execute();
  return rows
    .map((row) => ({
      stored: toStoredArticle(row),
      contentHash: row.content_hash,
      contentFrom: row.content_from ?? row.source_id,
      withdrawnBy: row.state === 'withdrawn' ? (row.withdrawn_by ?? 'person') : null,
      names: names
        .filter(({ article_id }) => article_id === row.id)
        .map((name) => ({ sourceId: name.source_id, externalId: asWanted(name.external_id, [keys.externalId]) })),
      addresses: addresses
        .filter(({ article_id }) => article_id === row.id)
        .map(({ canonical_url }) => asWanted(canonical_url, addressesOf(keys))),
    }))
    .sort((a, b) => ids.indexOf(a.stored.id) - ids.indexOf(b.stored.id));
}

/** A long name is kept as its digest. */
function asWanted(kept: string, wanted: readonly string[]): string {
  return wanted.find((one) => indexKey(one) === kept) ?? kept;
}

/** The newest article that has this address, however it is written, or this name at any source. */
export async function findByClue(loa: Kysely<Database>, of: string): Promise<StoredArticle | null> {
  const address = addressKey(of);
  const row = await selectArticles(loa)
    .where((eb) =>
      eb.or([
        eb('id', 'in', eb.selectFrom('article_keys').select('article_id').where('external_id', '=', indexKey(of))),
        ...(address === null
          ? []
          : [
              eb(
                'id',
                'in',
                eb
                  .selectFrom('article_addresses')
                  .select('article_id')
                  .where('canonical_url', '=', indexKey(address.key)),
              ),
              eb(
                'id',
                'in',
                eb.selectFrom('story_marks').select('article_id').where('mark', '=', addressMark(address)),
              ),
            ]),
      ]),
    )
    .orderBy('first_seen_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? toStoredArticle(row) : null;
}

async function candidateIds(
  loa: Kysely<Database>,
  keys: ArticleKeys,
  marks: readonly string[],
  limit: number,
): Promise<string[]> {
  const named = await loa
    .selectFrom('article_keys')
    .select('article_id as id')
    .where('source_id', '=', keys.sourceId)
    .where('external_id', '=', indexKey(keys.externalId))
    .unionAll(
      loa
        .selectFrom('article_addresses')
        .select('article_id as id')
        .where('canonical_url', '=', anyOf(addressesOf(keys).map(indexKey))),
    )
    .execute();
  const marked = await loa
    .selectFrom('story_marks')
    .select('article_id as id')
    .where('mark', '=', anyOf(marks))
    .groupBy('article_id')
    // A common headline has thousands of them; their ids say nothing of their age, so any will do.
    .orderBy((eb) => eb.fn.countAll(), 'desc')
    .orderBy('article_id')
    .limit(limit)
    .execute();
  return [...new Set([...named, ...marked].map(({ id }) => id))].slice(0, limit);
}

export async function insertMarks(trx: Kysely<Database>, articleId: string, marks: readonly string[]): Promise<void> {
  if (marks.length === 0) return;
  await trx
    .insertInto('story_marks')
    .values([...new Set(marks)].map((mark) => ({ mark: indexKey(mark), article_id: articleId })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/**
 * Held until the transaction ends: of two readings that could create the same story at the same moment, the second one
 * waits here and then sees what the first wrote.
 */
export async function lockStory(trx: Kysely<Database>, mark: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`loa story ${mark}`}, 0))`.execute(trx);
}

/** Whether an article beside `others` has this mark. */
export async function isTaken(trx: Kysely<Database>, mark: string, others: readonly string[]): Promise<boolean> {
  const found = await trx
    .selectFrom('story_marks')
    .select('article_id')
    .where('mark', '=', mark)
    .where('article_id', '<>', allOf(others))
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

function allOf(values: readonly string[]) {
  return sql<string>`all(${values}::text[])`;
}
