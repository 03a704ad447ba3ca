/** What further names and addresses an article has, and who else has it. */
import type { Kysely } from 'kysely';
import type { ArticleKeys } from '#src/core/article.ts';
import type { Joined, OtherReading } from '#src/stores/articles.ts';
import { insertMarks } from '#src/stores/postgres/article-marks.ts';
import { insertEvent, insertKeys } from '#src/stores/postgres/article-rows.ts';
import { durably } from '#src/stores/postgres/durably.ts';
import type { Database } from '#src/stores/postgres/tables.ts';
import { indexKey, toMs } from '#src/stores/postgres/values.ts';

/** True when the article did not have this name before. */
export function addFurtherKeys(
  loa: Kysely<Database>,
  id: string,
  keys: ArticleKeys,
  joined?: Joined,
): Promise<boolean> {
  return durably(loa, (trx) => addFurtherKeysIn(trx, id, keys, joined));
}

/** The same inside a transaction. */
export async function addFurtherKeysIn(
  trx: Kysely<Database>,
  id: string,
  keys: ArticleKeys,
  joined?: Joined,
): Promise<boolean> {
  const article = await trx
    .selectFrom('articles')
    .select('revision')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!article) return false;
  const known = await trx
    .selectFrom('article_keys')
    .select('article_id')
    .where('source_id', '=', keys.sourceId)
    .where('external_id', '=', indexKey(keys.externalId))
    .executeTakeFirst();
  await insertKeys(trx, id, keys);
  if (joined) await insertMarks(trx, id, joined.marks);
  if (known) return false;
  if (joined) {
    const { now: at, detail } = joined;
    await insertEvent(trx, id, { at, kind: 'joined', revision: article.revision, detail });
  }
  return true;
}

/** Readings of the article under its other names, as far as something stood there at the last look. */
export async function otherReadings(
  loa: Kysely<Database>,
  id: string,
  { sourceId, externalId }: ArticleKeys,
): Promise<OtherReading[]> {
  const rows = await loa
    .selectFrom('article_keys')
    .innerJoin('readings', (join) =>
      join
        .onRef('readings.source_id', '=', 'article_keys.source_id')
        .onRef('readings.external_id', '=', 'article_keys.external_id'),
    )
    .select([
      'readings.id',
      'readings.source_id',
      'readings.external_id',
      'readings.ref',
      'readings.found_at',
      'readings.due_at',
    ])
    .where('article_keys.article_id', '=', id)
    .where('readings.sign', '=', 'changed')
    // One that is due has been edited, most likely.
    .where('readings.state', 'in', ['done', 'due'])
    .where('readings.gone_since', 'is', null)
    .execute();
  return rows
    .filter((row) => row.source_id !== sourceId || row.external_id !== indexKey(externalId))
    .map((row) => ({
      id: row.id,
      sourceId: row.source_id,
      url: row.ref.url,
      foundAt: toMs(row.found_at ?? row.due_at),
    }));
}
