import { type Kysely, sql } from 'kysely';
import type { CountStore } from '#src/stores/counts.ts';
import type { Database } from '#src/stores/postgres/tables.ts';

/** Counts by name and labels. */
export function createCountStore(loa: Kysely<Database>): CountStore {
  return {
    async add(counts) {
      if (counts.length === 0) return;
      const rows = counts.map(({ name, labels, value }) => ({ name, labels: JSON.stringify(labels), value }));
      await loa
        .insertInto('counts')
        // Sorted, so that two processes lock the rows in the same order.
        .values(rows.sort((a, b) => (a.name + a.labels < b.name + b.labels ? -1 : 1)))
        .onConflict((conflict) =>
          conflict.columns(['name', 'labels']).doUpdateSet({ value: sql<number>`counts.value + excluded.value` }),
        )
        .execute();
    },

    async all() {
      const rows = await loa.selectFrom('counts').selectAll().orderBy('name').orderBy('labels').execute();
      return rows.map(({ name, labels, value }) => ({ name, labels: JSON.parse(labels), value: Number(value) }));
    },
  };
}
