import { type Kysely, type Selectable, sql, type Updateable } from 'kysely';
import type { ChannelState, ChannelStore, RestRule } from '#src/stores/channels.ts';
import type { ChannelsTable } from '#src/stores/postgres/channel-tables.ts';
import type { Database } from '#src/stores/postgres/tables.ts';
import { cleanOrNull, toJson, toMs, toMsOrNull } from '#src/stores/postgres/values.ts';

/** What is remembered of channels, by id. */
export function createChannelStore(loa: Kysely<Database>): ChannelStore {
  return {
    async state(channelId, now) {
      const select = loa.selectFrom('channels').selectAll().where('channel_id', '=', channelId);
      const known = await select.executeTakeFirst();
      if (known) return toChannelState(known);
      await addChannel(loa, channelId, now);
      return toChannelState(await select.executeTakeFirstOrThrow());
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

    async countFailure(channelId, { now, askedUntil, rule }) {
      await addChannel(loa, channelId, now);
      const row = await loa
        .updateTable('channels')
        .set((eb) => ({ failures: eb('failures', '+', 1), open_until: restUntil(now, askedUntil, rule) }))
        .where('channel_id', '=', channelId)
        .returning('failures')
        .executeTakeFirstOrThrow();
      return row.failures;
    },

    async endFailures(channelId) {
      const row = await loa
        .updateTable('channels')
        .set({ failures: 0, open_until: null })
        .where('channel_id', '=', channelId)
        .where((eb) => eb.or([eb('failures', '<>', 0), eb('open_until', 'is not', null)]))
        .returning('channel_id')
        .executeTakeFirst();
      return row !== undefined;
    },

    async takeProbe(channelId, now, until) {
      const row = await loa
        .updateTable('channels')
        .set({ open_until: until })
        .where('channel_id', '=', channelId)
        .where((eb) => eb.or([eb('open_until', 'is', null), eb('open_until', '<=', now)]))
        .returning('channel_id')
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}

/** Waits for whoever holds the channel; it is this transaction's until its end. Before any row of `deliveries`. */
export async function lockChannel(trx: Kysely<Database>, channelId: string, now: number): Promise<void> {
  const held = await trx
    .selectFrom('channels')
    .select('channel_id')
    .where('channel_id', '=', channelId)
    .forUpdate()
    .executeTakeFirst();
  if (held) return;
  await addChannel(trx, channelId, now);
  await lockChannel(trx, channelId, now);
}

async function addChannel(loa: Kysely<Database>, channelId: string, now: number): Promise<void> {
  const fresh = {
    channel_id: channelId,
    since: now,
    paused: false,
    paused_reason: null,
    account: null,
    facts: toJson({}),
    failures: 0,
    open_until: null,
    expires_at: null,
  };
  await loa
    .insertInto('channels')
    .values(fresh)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** `failures` is the count before this one. `greatest` leaves nulls out. */
function restUntil(now: number, askedUntil: number | null, rule: RestRule) {
  const { failures: most, shortest, longest } = rule;
  const beyond = sql`greatest(failures + 1 - ${most}::integer, 0)`;
  const rest = sql`least(${shortest}::bigint * (1::bigint << least(${beyond}, 20)), ${longest}::bigint)`;
  const byRule = sql`case when failures + 1 >= ${most}::integer then ${now}::bigint + ${rest} end`;
  return sql<number | null>`greatest(open_until, ${askedUntil}::bigint, ${byRule})`;
}

function toColumns(change: Parameters<ChannelStore['update']>[1]): Updateable<ChannelsTable> {
  const { paused, pausedReason, account, facts, failures, openUntil, historyAt, expiresAt } = change;
  return {
    ...(paused !== undefined && { paused }),
    ...(pausedReason !== undefined && { paused_reason: cleanOrNull(pausedReason) }),
    ...(account !== undefined && { account: cleanOrNull(account) }),
    ...(facts !== undefined && { facts: toJson(facts) }),
    ...(failures !== undefined && { failures }),
    ...(openUntil !== undefined && { open_until: openUntil }),
    ...(historyAt !== undefined && { history_at: historyAt }),
    ...(expiresAt !== undefined && { expires_at: expiresAt }),
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
    historyAt: toMsOrNull(row.history_at),
    expiresAt: toMsOrNull(row.expires_at),
  };
}
