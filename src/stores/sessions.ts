/** Who is signed in, and the one-time links that let people in. Only digests are kept, never what a browser shows. */

export interface Session {
  /** SHA-256 of what the cookie holds. */
  hash: string;
  signedInAt: number;
  /** Written at most hourly: see `seen`. */
  seenAt: number;
  /** Its longest life. */
  expiresAt: number;
}

export interface SessionStore {
  /** Removes links that are over. */
  addLink(link: { hash: string; now: number; expiresAt: number }): Promise<void>;
  /**
   * Durable and at most once, whichever process is asked: the link is gone and the session stands. False when there is
   * no such link, or it is over. Removes sessions that are over.
   */
  redeem(link: string, session: Session): Promise<boolean>;
  find(hash: string): Promise<Session | null>;
  seen(hash: string, now: number): Promise<void>;
  /** Durable. */
  end(hash: string): Promise<void>;
}
