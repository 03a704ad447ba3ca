import type { Kysely, Selectable } from 'kysely';
import { durably } from '#src/stores/postgres/durably.ts';
import type { Database, SessionsTable } from '#src/stores/postgres/tables.ts';
import { toMs } from '#src/stores/postgres/values.ts';
import type { Session, SessionStore } from '#src/stores/sessions.ts';

/** Signed-in visitors. */
export function createSessionStore(loa: Kysely<Database>): SessionStore {
  return {
    async addLink({ hash, now, expiresAt }) {
      await loa.deleteFrom('sign_in_links').where('expires_at', '<=', now).execute();
      await loa.insertInto('sign_in_links').values({ hash, expires_at: expiresAt }).execute();
    },

    redeem(link, session) {
      const now = session.signedInAt;
      return durably(loa, async (trx) => {
        // Of two processes with the same link the second one waits here, and finds nothing.
        const used = await trx
          .deleteFrom('sign_in_links')
          .where('hash', '=', link)
          .where('expires_at', '>', now)
          .returning('hash')
          .executeTakeFirst();
        if (!used) return false;
        await trx.deleteFrom('sessions').where('expires_at', '<=', now).execute();
        await trx.insertInto('sessions').values(toRow(session)).execute();
        return true;
      });
    },

    async find(hash) {
      const row = await loa.selectFrom('sessions').selectAll().where('hash', '=', hash).executeTakeFirst();
      return row ? toSession(row) : null;
    },

    async seen(hash, now) {
      await loa.updateTable('sessions').set({ seen_at: now }).where('hash', '=', hash).execute();
    },

    async end(hash) {
      await durably(loa, (trx) => trx.deleteFrom('sessions').where('hash', '=', hash).execute());
    },
  };
}

function toRow({ hash, signedInAt, seenAt, expiresAt }: Session) {
  return { hash, signed_in_at: signedInAt, seen_at: seenAt, expires_at: expiresAt };
}

function toSession(row: Selectable<SessionsTable>): Session {
  return {
    hash: row.hash,
    signedInAt: toMs(row.signed_in_at),
    seenAt: toMs(row.seen_at),
    expiresAt: toMs(row.expires_at),
  };
}
