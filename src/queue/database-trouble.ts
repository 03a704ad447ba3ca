import type { Trouble } from '#src/queue/health.ts';

/** SQLSTATE classes and codes by which a whole PostgreSQL server is in trouble, not one statement. */
const states: readonly [RegExp, boolean, string][] = [
  [/^57P03$/, true, 'it is starting or stopping'],
  [/^57P/, true, 'it ended the connection'],
  [/^08/, true, 'the connection broke'],
  [/^53300$/, true, 'it has no connection to spare'],
  [/^53100$/, false, 'its disk is full'],
  [/^53/, false, 'it has run out of memory or room'],
  [/^25006$/, false, 'it is read-only'],
  [/^28/, true, 'it refuses the user or the password'],
  [/^58/, false, 'its disk is failing'],
];

const away =
  /ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|not queryable|Query read timeout/i;

/** Null when the error is no trouble of the server's. */
export function explainDatabase(error: unknown): Trouble | null {
  const { code = '', message = '' } = (error ?? {}) as { code?: string; message?: string };
  const state = /^[0-9A-Z]{5}$/.test(code) ? states.find(([pattern]) => pattern.test(code)) : undefined;
  if (!state && !away.test(`${code} ${message}`)) return null;
  const [, isAway, why] = state ?? [null, true, 'the connection failed'];
  return {
    isAway,
    message: `The database does not do its work: ${why} (${message}). What is under way waits.`,
    next: 'Look at the PostgreSQL server; Loa goes on by itself once it works again.',
  };
}
