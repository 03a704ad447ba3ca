import type { Kysely } from 'kysely';
import type { Database } from '#src/stores/postgres/tables.ts';
import { cleanOrNull } from '#src/stores/postgres/values.ts';
import type { StoredSummary, SummaryStore } from '#src/stores/summaries.ts';

/** One for each revision, whoever asked for it first. */
export function createSummaryStore(loa: Kysely<Database>): SummaryStore {
  const get = async (articleId: string, revision: number): Promise<StoredSummary | null> => {
    const row = await loa
      .selectFrom('summaries')
      .select(['text', 'why'])
      .where('article_id', '=', articleId)
      .where('revision', '=', revision)
      .executeTakeFirst();
    return row ?? null;
  };
  return {
    get,
    async keep(articleId, revision, { text, why }, now) {
      const made = { text: cleanOrNull(text), why: cleanOrNull(why) };
      await loa
        .insertInto('summaries')
        .values({ article_id: articleId, revision, ...made, made_at: now })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      return (await get(articleId, revision)) ?? made;
    },
  };
}
