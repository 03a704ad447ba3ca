/** What others tell of a source, beside its polls, becomes readings by the same rules. */
import { type Kysely, sql } from 'kysely';
import type { ArticleRef } from '#src/core/signal.ts';
import { durably } from '#src/stores/postgres/durably.ts';
import { armReadings, keepNews } from '#src/stores/postgres/record-poll.ts';
import { ensureSource } from '#src/stores/postgres/source-rows.ts';
import type { Database } from '#src/stores/postgres/tables.ts';
import { anyOf, indexKey, toJson } from '#src/stores/postgres/values.ts';
import type { Recorded, SourceStore } from '#src/stores/sources.ts';

type Told = Parameters<SourceStore['recordTold']>[0];

/** Longer than any sender tries again; what carries no time could otherwise come back as new. */
const remembered = 7 * 24 * 3_600_000;

/** Durable when it resolves. */
export async function recordTold(loa: Kysely<Database>, newId: () => string, what: Told): Promise<Recorded> {
  return durably(loa, async (trx): Promise<Recorded> => {
    const { sourceId, messageId, refs, cursor, now, holds } = what;
    await ensureSource(trx, sourceId, now);
    if (messageId !== undefined && !(await isNewMessage(trx, sourceId, messageId, now))) return { kind: 'repeated' };
    if (cursor && !(await moveCursor(trx, sourceId, cursor))) return { kind: 'overtaken' };
    const told = new Map(refs.map((ref) => [indexKey(ref.externalId), ref]));
    const late = await takeOutLate(trx, sourceId, told);
    const kept = await keepNews(trx, sourceId, told);
    const news = [...new Map([...kept, ...(await goneUnread(trx, sourceId, told))])];
    return {
      kind: 'taken',
      late,
      readings: await armReadings(trx, newId, {
        poll: { sourceId, now, told: true, ...(holds && { holds }) },
        news,
        baseline: false,
      }),
    };
  });
}

/** A sender that was refused for a while tries its old messages again, after newer ones. Gives their articles' ids. */
async function takeOutLate(trx: Kysely<Database>, sourceId: string, told: Map<string, ArticleRef>): Promise<string[]> {
  const dated = [...told].filter(([, { asOf }]) => asOf !== undefined);
  if (dated.length === 0) return [];
  const known = await trx
    .selectFrom('readings')
    .select(['external_id', sql<string | null>`ref->>'asOf'`.as('as_of')])
    .where('source_id', '=', sourceId)
    .where('external_id', '=', anyOf(dated.map(([key]) => key)))
    .execute();
  const late = known.filter((row) => Number(row.as_of ?? 0) > (told.get(row.external_id)?.asOf ?? 0));
  const ids = late.map((row) => told.get(row.external_id)!.externalId);
  for (const row of late) told.delete(row.external_id);
  return ids;
}

/** Taken back before it was read: nobody will say so again. */
async function goneUnread(
  trx: Kysely<Database>,
  sourceId: string,
  told: Map<string, ArticleRef>,
): Promise<[string, ArticleRef][]> {
  const gone = [...told].filter(([, { sign }]) => sign === 'gone');
  if (gone.length === 0) return [];
  const unread = await trx
    .selectFrom('readings')
    .select('external_id')
    .where('source_id', '=', sourceId)
    .where('external_id', '=', anyOf(gone.map(([key]) => key)))
    .where('sign', '=', 'changed')
    .where('state', '<>', 'done')
    .execute();
  const keys = new Set(unread.map((row) => row.external_id));
  return gone.filter(([key]) => keys.has(key));
}

/** Of two processes with the same message the second one waits here, and finds it. */
async function isNewMessage(trx: Kysely<Database>, sourceId: string, messageId: string, now: number): Promise<boolean> {
  await trx
    .deleteFrom('push_messages')
    .where('received_at', '<', now - remembered)
    .execute();
  const added = await trx
    .insertInto('push_messages')
    .values({ source_id: sourceId, message_id: indexKey(messageId), received_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('message_id')
    .executeTakeFirst();
  return added !== undefined;
}

/** False when a poll has moved it meanwhile. */
async function moveCursor(
  trx: Kysely<Database>,
  sourceId: string,
  cursor: NonNullable<Told['cursor']>,
): Promise<boolean> {
  const moved = await trx
    .updateTable('sources')
    .set({ cursor: toJson(cursor.next) })
    .where('source_id', '=', sourceId)
    .where(sql<boolean>`cursor is not distinct from ${cursor.before === null ? null : toJson(cursor.before)}::jsonb`)
    .returning('source_id')
    .executeTakeFirst();
  return moved !== undefined;
}
