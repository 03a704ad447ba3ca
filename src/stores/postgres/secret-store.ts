import type { Kysely } from 'kysely';
import { durably } from '#src/stores/postgres/durably.ts';
import type { Database } from '#src/stores/postgres/tables.ts';
import { toMs, toMsOrNull } from '#src/stores/postgres/values.ts';
import type { SecretStore } from '#src/stores/secrets.ts';

/** Channels' own tokens; `hold` grows with each renewal, and an older one writes nothing any more. */
export function createSecretStore(loa: Kysely<Database>): SecretStore {
  const all = async (channelId?: string) => {
    const rows = await loa
      .selectFrom('channel_secrets')
      .selectAll()
      .$if(channelId !== undefined, (query) => query.where('channel_id', '=', channelId ?? ''))
      .where('sealed', 'is not', null)
      .orderBy('channel_id')
      .execute();
    return rows.map((row) => ({
      channelId: row.channel_id,
      sealed: row.sealed ?? '',
      expiresAt: toMsOrNull(row.expires_at),
      updatedAt: toMs(row.updated_at),
    }));
  };
  return {
    async read(channelId) {
      const [found] = await all(channelId);
      return found ?? null;
    },

    all: () => all(),

    async hold(channelId, now, until) {
      const fresh = { sealed: null, expires_at: null, updated_at: now };
      const row = await loa
        .insertInto('channel_secrets')
        .values({ channel_id: channelId, ...fresh, hold: 1, held_until: until })
        .onConflict((conflict) =>
          conflict
            .column('channel_id')
            .doUpdateSet((eb) => ({ hold: eb('channel_secrets.hold', '+', 1), held_until: until }))
            .where((eb) =>
              eb.or([eb('channel_secrets.held_until', 'is', null), eb('channel_secrets.held_until', '<=', now)]),
            ),
        )
        .returning('hold')
        .executeTakeFirst();
      return row?.hold ?? null;
    },

    async write(channelId, hold, { sealed, expiresAt, now }) {
      const row = await durably(loa, (trx) =>
        trx
          .updateTable('channel_secrets')
          .set({ sealed, expires_at: expiresAt, updated_at: now, held_until: null })
          .where('channel_id', '=', channelId)
          .where('hold', '=', hold)
          .returning('hold')
          .executeTakeFirst(),
      );
      return row !== undefined;
    },

    async letGo(channelId, hold) {
      await loa
        .updateTable('channel_secrets')
        .set({ held_until: null })
        .where('channel_id', '=', channelId)
        .where('hold', '=', hold)
        .execute();
    },
  };
}
