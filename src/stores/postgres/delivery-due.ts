/** Which rows may go now. */
import { type Kysely, sql } from 'kysely';
import type { DeliveryState } from '#src/core/delivery.ts';
import type { ClaimAim } from '#src/stores/deliveries.ts';
import type { Database } from '#src/stores/postgres/tables.ts';

/** Of a create: whether a post stands there is not known yet. */
const openStates: DeliveryState[] = ['waiting', 'retry', 'sending', 'parked'];
/** Of an edit or a withdrawal: it is still to come, without a person. */
const comingStates: DeliveryState[] = ['waiting', 'retry', 'sending'];

/** A try that may have been seen. */
export const doubtful = ['sending', 'ambiguous', 'crashed'];

/**
 * Due, held by nobody, its article not stopped by a person, unless it is only to be looked whether a post stands
 * there; an edit or a withdrawal only once its create's outcome is known, and in the order they were written.
 */
export function selectClaimable(loa: Kysely<Database>, now: number, aim: ClaimAim) {
  return loa
    .selectFrom('deliveries')
    .where('deliveries.state', 'in', ['waiting', 'retry'])
    .where('deliveries.due_at', '<=', now)
    .where(({ eb, or, not, exists, selectFrom }) =>
      or([
        eb('deliveries.op', '=', 'withdraw'),
        not(
          exists(
            selectFrom('articles')
              .select('articles.id')
              .whereRef('articles.id', '=', 'deliveries.article_id')
              .where('articles.state', '=', 'held'),
          ),
        ),
        ...(aim === 'send'
          ? []
          : [
              exists(
                selectFrom('attempts')
                  .select('attempts.number')
                  .whereRef('attempts.delivery_id', '=', 'deliveries.id')
                  .whereRef('attempts.number', '>', 'deliveries.judged')
                  .where('attempts.result', 'in', doubtful),
              ),
            ]),
      ]),
    )
    .where(({ eb, or, not, exists, selectFrom }) =>
      or([
        eb('deliveries.op', '=', 'create'),
        not(
          exists(
            selectFrom('deliveries as other')
              .select('other.id')
              .whereRef('other.article_id', '=', 'deliveries.article_id')
              .whereRef('other.channel_id', '=', 'deliveries.channel_id')
              .whereRef('other.part', '=', 'deliveries.part')
              .where(({ eb: inner, or: either, and }) =>
                either([
                  and([inner('other.op', '=', 'create'), inner('other.state', 'in', openStates)]),
                  and([inner('other.op', '<>', 'create'), inner('other.state', 'in', comingStates), isOlder]),
                ]),
              ),
          ),
        ),
      ]),
    );
}

const isOlder = sql<boolean>`(other.created_at, other.revision, other.op, other.id)
  < (deliveries.created_at, deliveries.revision, deliveries.op, deliveries.id)`;

/**
 * Due rows, of each channel the urgent ones and then the longest due first, so that a channel with a long queue leaves
 * room for the others.
 */
export async function listDue(
  loa: Kysely<Database>,
  now: number,
  limit: number,
): Promise<{ id: string; channelId: string; urgent?: true }[]> {
  const rows = await loa
    .with('due', () =>
      selectClaimable(loa, now, 'look').select([
        'deliveries.id',
        'deliveries.channel_id as channelId',
        'deliveries.due_at as dueAt',
        'deliveries.urgent',
        sql<number>`row_number() over (
          partition by deliveries.channel_id order by deliveries.urgent desc, deliveries.due_at, deliveries.id
        )`.as('place'),
      ]),
    )
    .selectFrom('due')
    .select(['due.id', 'due.channelId', 'due.urgent'])
    .orderBy('due.place')
    .orderBy('due.dueAt')
    .orderBy('due.id')
    .limit(limit)
    .execute();
  return rows.map(({ id, channelId, urgent }) => ({ id, channelId, ...(urgent && { urgent }) }));
}
