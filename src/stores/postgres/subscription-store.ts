import type { Kysely, Selectable, Updateable } from 'kysely';
import { durably } from '#src/stores/postgres/durably.ts';
import type { Database, SubscriptionsTable } from '#src/stores/postgres/tables.ts';
import { clean, cleanOrNull, toMs, toMsOrNull } from '#src/stores/postgres/values.ts';
import type { Subscription, SubscriptionStore } from '#src/stores/subscriptions.ts';

/** Subscriptions at hubs. */
export function createSubscriptionStore(loa: Kysely<Database>): SubscriptionStore {
  return {
    async active(sourceId, now) {
      const row = await loa
        .selectFrom('subscriptions')
        .select('token')
        .where('source_id', '=', sourceId)
        .where('wanted', '=', true)
        .where('lease_until', '>', now)
        .executeTakeFirst();
      return row !== undefined;
    },

    async find(token) {
      const row = await loa.selectFrom('subscriptions').selectAll().where('token', '=', token).executeTakeFirst();
      return row ? toSubscription(row) : null;
    },

    async of(sourceId) {
      const row = await loa
        .selectFrom('subscriptions')
        .selectAll()
        .where('source_id', '=', sourceId)
        .where('wanted', '=', true)
        .executeTakeFirst();
      return row ? toSubscription(row) : null;
    },

    async allOf(sourceId) {
      const rows = await loa.selectFrom('subscriptions').selectAll().where('source_id', '=', sourceId).execute();
      return rows.map(toSubscription);
    },

    want(sourceId, wanted, now) {
      return durably(loa, async (trx) => {
        await trx
          .updateTable('subscriptions')
          .set({ ...toBeEnded, next_at: now })
          .where('source_id', '=', sourceId)
          .where('wanted', '=', true)
          .execute();
        if (wanted === null) return;
        const { token, hub, topic, callback } = wanted;
        await trx
          .insertInto('subscriptions')
          .values({
            token,
            source_id: sourceId,
            hub: clean(hub),
            topic: clean(topic),
            callback,
            secret: null,
            wanted: true,
            pending: null,
            lease_until: null,
            failures: 0,
            failing_since: null,
            error: null,
            next_at: now,
          })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      });
    },

    async allWanted() {
      const rows = await loa.selectFrom('subscriptions').selectAll().where('wanted', '=', true).execute();
      return rows.map(toSubscription);
    },

    async due(now, limit) {
      const rows = await loa
        .selectFrom('subscriptions')
        .selectAll()
        .where('next_at', '<=', now)
        .orderBy('next_at')
        .limit(limit)
        .execute();
      return rows.map(toSubscription);
    },

    async update(token, change) {
      await loa.updateTable('subscriptions').set(toRow(change)).where('token', '=', token).execute();
    },

    verify(token, mode, { leaseUntil, nextAt }) {
      return durably(loa, async (trx) => {
        const row = await trx
          .updateTable('subscriptions')
          .set({
            pending: null,
            lease_until: mode === 'subscribe' ? leaseUntil : null,
            next_at: nextAt,
            failures: 0,
            failing_since: null,
            error: null,
          })
          .where('token', '=', token)
          .where('pending', '=', mode)
          .returning('token')
          .executeTakeFirst();
        return row !== undefined;
      });
    },

    async remove(token) {
      await loa.deleteFrom('subscriptions').where('token', '=', token).execute();
    },
  };
}

const toBeEnded = { wanted: false, pending: null, failures: 0, failing_since: null, error: null };

function toRow(change: Parameters<SubscriptionStore['update']>[1]): Updateable<SubscriptionsTable> {
  const { secret, pending, leaseUntil, failures, failingSince, error, nextAt } = change;
  return {
    ...(secret !== undefined && { secret }),
    ...(pending !== undefined && { pending }),
    ...(leaseUntil !== undefined && { lease_until: leaseUntil }),
    ...(failures !== undefined && { failures }),
    ...(failingSince !== undefined && { failing_since: failingSince }),
    ...(error !== undefined && { error: cleanOrNull(error) }),
    ...(nextAt !== undefined && { next_at: nextAt }),
  };
}

function toSubscription(row: Selectable<SubscriptionsTable>): Subscription {
  const { token, hub, topic, callback, secret, wanted, pending, failures, error } = row;
  return {
    ...{ token, hub, topic, callback, secret, wanted, pending, failures, error },
    sourceId: row.source_id,
    leaseUntil: toMsOrNull(row.lease_until),
    failingSince: toMsOrNull(row.failing_since),
    nextAt: toMs(row.next_at),
  };
}
