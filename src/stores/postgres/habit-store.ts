import type { Kysely } from 'kysely';
import { type Habits, noHabits, sameHabits } from '#src/core/habits.ts';
import type { HabitStore } from '#src/stores/habits.ts';
import { durably } from '#src/stores/postgres/durably.ts';
import type { Database } from '#src/stores/postgres/tables.ts';
import { toJson } from '#src/stores/postgres/values.ts';

/** Habits by source. */
export function createHabitStore(loa: Kysely<Database>): HabitStore {
  return {
    async change(sourceId, change) {
      const before = await find(loa, sourceId);
      // Most articles are like those before them.
      if (before && sameHabits(before, change(before))) return before;
      return durably(loa, async (trx) => {
        const empty = { source_id: sourceId, with_photos: 0, without_photos: 0, astray: '[]' };
        await trx
          .insertInto('habits')
          .values(empty)
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        const after = change((await find(trx, sourceId, true)) ?? noHabits);
        await trx
          .updateTable('habits')
          .set({
            with_body: after.withBody,
            with_photos: after.withPhotos,
            without_photos: after.withoutPhotos,
            astray: toJson(after.astray),
          })
          .where('source_id', '=', sourceId)
          .execute();
        return after;
      });
    },
  };
}

async function find(db: Kysely<Database>, sourceId: string, lock = false): Promise<Habits | null> {
  const query = db.selectFrom('habits').selectAll().where('source_id', '=', sourceId);
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst();
  if (!row) return null;
  const { with_body, with_photos, without_photos, astray } = row;
  return { withBody: with_body, withPhotos: with_photos, withoutPhotos: without_photos, astray };
}
