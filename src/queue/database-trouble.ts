import { messageOf } from '#src/core/errors.ts';
import type { Trouble } from '#src/queue/health.ts';

/** SQLSTATE: the connection, a stop or start, no connection to spare, a login that is refused. */
const away = /^(08|57P|53300|28)/;
/** No room, read-only, a failing disk: it answers, and stores nothing. */
const limited = /^(53|25006|58)/;
const words =
  /ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|connection (terminated|ended|error)|timeout exceeded when trying to connect|read timeout|not queryable/i;

/** Null when the error is no trouble of the server's. */
export function explainDatabase(error: unknown): Trouble | null {
  const { code = '' } = (error ?? {}) as { code?: string };
  const message = messageOf(error);
  const isState = /^[0-9A-Z]{5}$/.test(code);
  const isAway = isState ? away.test(code) : words.test(`${code} ${message}`);
  return isAway || (isState && limited.test(code)) ? { isAway, message, next: '' } : null;
}
