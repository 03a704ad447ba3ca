import type { Kysely, Selectable } from 'kysely';
import type { Alert, AlertStore } from '#src/stores/alerts.ts';
import type { AlertsTable, Database } from '#src/stores/postgres/tables.ts';
import { clean, cleanOrNull, toMs, toMsOrNull } from '#src/stores/postgres/values.ts';

/** One open alert per cause; those that are over are kept. */
export function createAlertStore(loa: Kysely<Database>, newId: () => string): AlertStore {
  return {
    async raise({ cause, message, next, now, firstSeenAt = now, count = 1 }) {
      const words = { message: clean(message), next: cleanOrNull(next ?? null), last_seen_at: now };
      const row = await loa
        .insertInto('alerts')
        .values({ id: newId(), cause: clean(cause), ...words, first_seen_at: firstSeenAt, count, resolved_at: null })
        .onConflict((conflict) =>
          conflict
            .column('cause')
            .where('resolved_at', 'is', null)
            .doUpdateSet((eb) => ({ ...words, count: eb('alerts.count', '+', count) })),
        )
        .returningAll()
        .executeTakeFirstOrThrow();
      return toAlert(row);
    },

    async resolve(cause, now) {
      const rows = await loa
        .updateTable('alerts')
        .set({ resolved_at: now })
        .where('cause', '=', clean(cause))
        .where('resolved_at', 'is', null)
        .returning('id')
        .execute();
      return rows.length > 0;
    },

    async open() {
      const rows = await loa
        .selectFrom('alerts')
        .selectAll()
        .where('resolved_at', 'is', null)
        .orderBy('first_seen_at')
        .orderBy('cause')
        .execute();
      return rows.map(toAlert);
    },
  };
}

function toAlert(row: Selectable<AlertsTable>): Alert {
  return {
    cause: row.cause,
    message: row.message,
    next: row.next,
    firstSeenAt: toMs(row.first_seen_at),
    lastSeenAt: toMs(row.last_seen_at),
    count: row.count,
    resolvedAt: toMsOrNull(row.resolved_at),
  };
}
