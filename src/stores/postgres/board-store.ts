import { type Kysely, sql } from 'kysely';
import type { BoardStore } from '#src/stores/board.ts';
import type { Database } from '#src/stores/postgres/tables.ts';
import { toJson, toMs, toMsOrNull } from '#src/stores/postgres/values.ts';

/** A post's remote id is its key, so that an edit may put it again under either; its address is the server's to say. */
export function createBoardStore(loa: Kysely<Database>): BoardStore {
  return {
    async put(channelId, key, post, now) {
      await loa
        .insertInto('board_posts')
        .values({
          channel_id: channelId,
          key,
          post: toJson(post),
          posted_at: now,
          edited_at: null,
          taken_at: null,
        })
        .onConflict((conflict) =>
          conflict
            .columns(['channel_id', 'key'])
            .doUpdateSet((eb) => ({ post: eb.ref('excluded.post'), edited_at: now }))
            // A repeat of the same post is no edit.
            .where('board_posts.post', '<>', sql<any>`excluded.post`),
        )
        .execute();
      return { id: key, url: null };
    },

    async take(channelId, remoteId, now) {
      await loa
        .updateTable('board_posts')
        .set({ taken_at: now })
        .where('channel_id', '=', channelId)
        .where('key', '=', remoteId)
        .where('taken_at', 'is', null)
        .execute();
    },

    async list(channelId, limit) {
      const rows = await loa
        .selectFrom('board_posts')
        .selectAll()
        .where('channel_id', '=', channelId)
        .where('taken_at', 'is', null)
        .orderBy('posted_at', 'desc')
        .orderBy('key')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        id: row.key,
        channelId: row.channel_id,
        post: row.post,
        postedAt: toMs(row.posted_at),
        editedAt: toMsOrNull(row.edited_at),
      }));
    },
  };
}
