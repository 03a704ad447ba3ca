import type { Session, SessionStore } from '#src/stores/sessions.ts';

export function memorySessions(): SessionStore & { all: Map<string, Session> } {
  const links = new Map<string, number>();
  const all = new Map<string, Session>();
  return {
    all,
    async addLink({ hash, expiresAt }) {
      links.set(hash, expiresAt);
    },
    async redeem(link, session) {
      const expiresAt = links.get(link);
      if (expiresAt === undefined || expiresAt <= session.signedInAt) return false;
      links.delete(link);
      all.set(session.hash, session);
      return true;
    },
    find: async (hash) => all.get(hash) ?? null,
    async seen(hash, now) {
      const session = all.get(hash);
      if (session) all.set(hash, { ...session, seenAt: now });
    },
    async end(hash) {
      all.delete(hash);
    },
  };
}
