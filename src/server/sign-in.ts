/** Letting people in: a one-time link makes a session, a session makes its visitor an operator. */
import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '#src/core/tools.ts';
import type { SessionStore } from '#src/stores/sessions.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export const linkLife = 15 * minute;
export const sessionLife = 30 * day;
export const idleLife = 7 * day;

export interface SignIn {
  /** The token of a new link: good for one use within `linkLife`. */
  newToken(): Promise<string>;
  /** Whether this process made such a link that is still open: told from memory. */
  isKnown(token: string): boolean;
  /** The secret of a new session; null when the token is wrong, used or over. */
  redeem(token: string): Promise<string | null>;
  isOpen(secret: string): Promise<boolean>;
  end(secret: string): Promise<void>;
}

/**
 * Tokens and secrets are 256 bits of randomness, kept and looked up as SHA-256: how long a look-up takes tells of a
 * digest, and nothing of the token that would have to be guessed.
 */
export function createSignIn({ sessions, clock }: { sessions: SessionStore; clock: Clock }): SignIn {
  const open = new Map<string, number>();
  return {
    async newToken() {
      const token = randomBytes(32).toString('base64url');
      const now = clock.now();
      for (const [hash, expiresAt] of open) if (expiresAt <= now) open.delete(hash);
      await sessions.addLink({ hash: digest(token), now, expiresAt: now + linkLife });
      open.set(digest(token), now + linkLife);
      return token;
    },

    isKnown: (token) => (open.get(digest(token)) ?? 0) > clock.now(),

    async redeem(token) {
      if (!isToken(token)) return null;
      // Never one that the browser brought along: somebody else may have put it there.
      const secret = randomBytes(32).toString('base64url');
      const now = clock.now();
      const session = { hash: digest(secret), signedInAt: now, seenAt: now, expiresAt: now + sessionLife };
      if (!(await sessions.redeem(digest(token), session))) return null;
      open.delete(digest(token));
      return secret;
    },

    async isOpen(secret) {
      const session = isToken(secret) ? await sessions.find(digest(secret)) : null;
      const now = clock.now();
      if (!session || session.expiresAt <= now || session.seenAt + idleLife <= now) return false;
      if (now - session.seenAt >= hour) await sessions.seen(session.hash, now);
      return true;
    },

    async end(secret) {
      if (isToken(secret)) await sessions.end(digest(secret));
    },
  };
}

const digest = (secret: string) => createHash('sha256').update(secret).digest('hex');
const isToken = (text: string) => /^[A-Za-z0-9_-]{43}$/.test(text);
