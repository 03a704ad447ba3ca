/** What stands at the services already, by whoever it was posted. */
import { type Kysely, sql } from 'kysely';
import type { DeliveryStore, FoundPost } from '#src/stores/deliveries.ts';
import { durably } from '#src/stores/postgres/durably.ts';
import type { Database } from '#src/stores/postgres/tables.ts';
import { anyOf, clean, cleanOrNull, toMsOrNull } from '#src/stores/postgres/values.ts';

type Asked<Name extends 'sentSince' | 'remotesOfOthers'> = Parameters<DeliveryStore[Name]>;

export async function sentSince(
  loa: Kysely<Database>,
  ...[channelId, since, besides]: Asked<'sentSince'>
): Promise<{ last: number | null; count: number }> {
  const row = await loa
    .selectFrom('deliveries')
    .select((eb) => [
      eb.fn.max('sent_at').as('last'),
      sql<string>`count(distinct article_id) filter (where sent_at >= ${since}::bigint)`.as('count'),
    ])
    .where('channel_id', '=', channelId)
    .where('op', '=', 'create')
    .where('sent_at', 'is not', null)
    .$if(besides !== undefined, (query) => query.where('article_id', '<>', besides ?? ''))
    .executeTakeFirstOrThrow();
  return { last: toMsOrNull(row.last), count: Number(row.count) };
}

export async function remotesOfOthers(
  loa: Kysely<Database>,
  ...[channelId, deliveryId, remoteIds]: Asked<'remotesOfOthers'>
): Promise<string[]> {
  const rows = await loa
    .selectFrom('deliveries')
    .select('remote_id')
    .distinct()
    .where('remote_id', '=', anyOf(remoteIds.map(clean)))
    .where('channel_id', '=', channelId)
    .where('id', '<>', deliveryId)
    .execute();
  return rows.flatMap(({ remote_id }) => remote_id ?? []);
}

export async function addFound(loa: Kysely<Database>, newId: () => string, found: FoundPost): Promise<boolean> {
  const { articleId, channelId, revision, key, remote, at, reason } = found;
  return durably(loa, async (trx) => {
    const row = await trx
      .insertInto('deliveries')
      .values({
        ...{ id: newId(), article_id: articleId, channel_id: channelId, op: 'create', part: '', as_reply: false },
        ...{ revision, key, state: 'sent', reason: clean(reason), not_before: at, due_at: null, free_at: at },
        ...{ created_at: at, updated_at: at, sent_at: at, attempts: 0, fence: 0, lease_until: null },
        ...{ post: null, prepared: null, remote_id: clean(remote.id), remote_url: cleanOrNull(remote.url) },
        ...{ approved_by: null, approved_at: null, urgent: false },
      })
      .onConflict((conflict) =>
        conflict
          .columns(['article_id', 'channel_id', 'part'])
          .where('op', '=', 'create')
          .doUpdateSet((eb) => {
            const columns = ['state', 'reason', 'sent_at', 'remote_id', 'remote_url'] as const;
            return Object.fromEntries(columns.map((name) => [name, eb.ref(`excluded.${name}`)]));
          })
          // Left out before anything was tried: it stands there all the same.
          .where('deliveries.state', '=', 'skipped')
          .where('deliveries.fence', '=', 0)
          .where('deliveries.remote_id', 'is', null),
      )
      .returning('id')
      .executeTakeFirst();
    return row !== undefined;
  });
}
