import { type Kysely, sql } from 'kysely';
import type { DeliveryStore } from '#src/stores/deliveries.ts';
import { claimAlone, claimDelivery } from '#src/stores/postgres/delivery-claim.ts';
import { listDue } from '#src/stores/postgres/delivery-due.ts';
import { moveDelivery, recordEnding, renewClaim } from '#src/stores/postgres/delivery-ending.ts';
import { approveDelivery, freezePost, listUnapproved } from '#src/stores/postgres/delivery-freeze.ts';
import { addFound, remotesOfOthers, sentSince } from '#src/stores/postgres/delivery-posted.ts';
import { toDelivery } from '#src/stores/postgres/delivery-rows.ts';
import { durably } from '#src/stores/postgres/durably.ts';
import type { Database } from '#src/stores/postgres/tables.ts';
import { toJson, toMs, toMsOrNull } from '#src/stores/postgres/values.ts';

/** Delivery rows; whoever holds a row's newest fence may write into it. */
export function createDeliveryStore(loa: Kysely<Database>, newId: () => string): DeliveryStore {
  return {
    async get(id) {
      const row = await loa.selectFrom('deliveries').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? toDelivery(row) : null;
    },

    async list({ states, channelId, articleIds, limit }) {
      if (states?.length === 0 || articleIds?.length === 0) return [];
      const rows = await loa
        .selectFrom('deliveries')
        .selectAll()
        .$if(states !== undefined, (query) => query.where('state', 'in', states ?? []))
        .$if(channelId !== undefined, (query) => query.where('channel_id', '=', channelId ?? ''))
        .$if(articleIds !== undefined, (query) => query.where('article_id', 'in', articleIds ?? []))
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(toDelivery);
    },

    async counts() {
      const rows = await loa
        .selectFrom('deliveries')
        .select((eb) => ['channel_id', 'state', eb.fn.countAll().as('count')])
        .groupBy(['channel_id', 'state'])
        .orderBy('channel_id')
        .orderBy('state')
        .execute();
      return rows.map((row) => ({ channelId: row.channel_id, state: row.state, count: Number(row.count) }));
    },

    claim: (...claim) => claimDelivery(loa, ...claim),
    claimAlone: (...claim) => claimAlone(loa, ...claim),
    renew: (...claim) => renewClaim(loa, ...claim),

    freezePost: (id, fence, post) => freezePost(loa, id, fence, post),

    async savePrepared(id, fence, prepared) {
      const row = await durably(loa, (trx) =>
        trx
          .updateTable('deliveries')
          .set({ prepared: toJson(prepared) })
          .where('id', '=', id)
          .where('fence', '=', fence)
          .where('state', '=', 'sending')
          .returning('id')
          .executeTakeFirst(),
      );
      return row !== undefined;
    },

    record: (id, fence, ending) => recordEnding(loa, id, fence, ending),
    move: (id, from, to, change) => moveDelivery(loa, id, from, to, change),
    approve: (id, approved) => approveDelivery(loa, id, approved),
    unapproved: (limit) => listUnapproved(loa, limit),
    due: (now, limit) => listDue(loa, now, limit),

    async stranded(before, limit) {
      const rows = await loa
        .selectFrom('deliveries')
        .selectAll()
        .where('state', '=', 'sending')
        .where('lease_until', '<', before)
        .orderBy('lease_until')
        .limit(limit)
        .execute();
      return rows.map(toDelivery);
    },

    async shortenClaims(limit, until) {
      await loa
        .updateTable('deliveries')
        .set({ lease_until: until })
        .where('state', '=', 'sending')
        .where('lease_until', '>', limit)
        .execute();
    },

    async endClaims(now) {
      await loa
        .updateTable('deliveries')
        .set({ lease_until: sql<number>`least(lease_until, ${now - 1}::bigint)` })
        .where('state', '=', 'sending')
        .execute();
    },

    async attempts(deliveryId) {
      const rows = await loa
        .selectFrom('attempts')
        .selectAll()
        .where('delivery_id', '=', deliveryId)
        .orderBy('number')
        .execute();
      return rows.map((row) => ({
        deliveryId: row.delivery_id,
        number: row.number,
        startedAt: toMs(row.started_at),
        endedAt: toMsOrNull(row.ended_at),
        result: row.result,
        detail: row.detail,
      }));
    },

    sentSince: (...asked) => sentSince(loa, ...asked),
    remotesOfOthers: (...asked) => remotesOfOthers(loa, ...asked),
    addFound: (found) => addFound(loa, newId, found),
  };
}
