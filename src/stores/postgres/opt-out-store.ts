import type { Kysely } from 'kysely';
import type { OptOutStore } from '#src/stores/opt-outs.ts';
import { durably } from '#src/stores/postgres/durably.ts';
import type { Database } from '#src/stores/postgres/tables.ts';
import { clean, toMs } from '#src/stores/postgres/values.ts';

/** Kept for ever, in backups too: who left must not be written to again. */
export function createOptOutStore(loa: Kysely<Database>): OptOutStore {
  return {
    async has(channelId, part) {
      const row = await loa
        .selectFrom('opt_outs')
        .select('at')
        .where('channel_id', '=', channelId)
        .where('part', '=', clean(part))
        .executeTakeFirst();
      return row !== undefined;
    },

    async add(channelId, part, now) {
      const row = { channel_id: channelId, part: clean(part), at: now };
      await durably(loa, (trx) =>
        trx
          .insertInto('opt_outs')
          .values(row)
          .onConflict((conflict) => conflict.doNothing())
          .execute(),
      );
    },

    async list(channelId) {
      const rows = await loa
        .selectFrom('opt_outs')
        .selectAll()
        .where('channel_id', '=', channelId)
        .orderBy('at')
        .execute();
      return rows.map(({ part, at }) => ({ part, at: toMs(at) }));
    },

    async remove(channelId, part) {
      await loa.deleteFrom('opt_outs').where('channel_id', '=', channelId).where('part', '=', clean(part)).execute();
    },
  };
}
