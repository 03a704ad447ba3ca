import type { Kysely, Selectable, Updateable } from 'kysely';
import type { ChannelState, ChannelStore } from '#src/stores/channels.ts';
import type { ChannelsTable, Database } from '#src/stores/postgres/tables.ts';
import { cleanOrNull, toJson, toMs, toMsOrNull } from '#src/stores/postgres/values.ts';

/** What is remembered of channels, by id. */
export function createChannelStore(loa: Kysely<Database>): ChannelStore {
  return {
    async state(channelId, now) {
      const fresh = {
        channel_id: channelId,
        since: now,
        paused: false,
        paused_reason: null,
        account: null,
        facts: toJson({}),
        failures: 0,
        open_until: null,
      };
      await loa
        .insertInto('channels')
        .values(fresh)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const row = await loa
        .selectFrom('channels')
        .selectAll()
        .where('channel_id', '=', channelId)
        .executeTakeFirstOrThrow();
      return toChannelState(row);
    },

    async all() {
      const rows = await loa.selectFrom('channels').selectAll().orderBy('channel_id').execute();
      return rows.map(toChannelState);
    },

    async update(channelId, change) {
      const columns = toColumns(change);
      if (Object.keys(columns).length === 0) return;
      await loa.updateTable('channels').set(columns).where('channel_id', '=', channelId).execute();
    },
  };
}

function toColumns(change: Parameters<ChannelStore['update']>[1]): Updateable<ChannelsTable> {
  const { paused, pausedReason, account, facts, failures, openUntil } = change;
  return {
    ...(paused !== undefined && { paused }),
    ...(pausedReason !== undefined && { paused_reason: cleanOrNull(pausedReason) }),
    ...(account !== undefined && { account: cleanOrNull(account) }),
    ...(facts !== undefined && { facts: toJson(facts) }),
    ...(failures !== undefined && { failures }),
    ...(openUntil !== undefined && { open_until: openUntil }),
  };
}

function toChannelState(row: Selectable<ChannelsTable>): ChannelState {
  return {
    channelId: row.channel_id,
    since: toMs(row.since),
    paused: row.paused,
    pausedReason: row.paused_reason,
    account: row.account,
    facts: row.facts,
    failures: row.failures,
    openUntil: toMsOrNull(row.open_until),
  };
}
