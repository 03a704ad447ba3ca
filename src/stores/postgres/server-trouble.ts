/** Which errors mean that the whole server is in trouble, and not one statement. */
import { messageOf } from '#src/core/errors.ts';

export interface Trouble {
  /** `wrong`: only a person mends it; the rest may pass. `limited`: it answers, and does not write. */
  kind: 'away' | 'limited' | 'wrong';
  /** Goes on from "the database at HOST". */
  says: string;
  next: string;
  /** SQLSTATE or the system's code; always there. */
  code: string;
}

const wait = 'Start it, or correct `database:` in the settings; Loa goes on by itself once it answers.';
const comes = 'Loa goes on by itself once it answers again.';

const states: readonly [RegExp, Trouble['kind'], string, string][] = [
  [/^57P03$/, 'away', 'cannot be reached yet: it is starting or stopping', comes],
  [/^57P0[124]$/, 'away', 'has ended the connection: it is stopping or restarting', comes],
  [/^57P05$/, 'away', 'has ended a connection that was idle for too long', comes],
  [/^08/, 'away', 'does not answer: the connection broke', comes],
  [
    /^53300$/,
    'away',
    'refuses further connections',
    'Raise its max_connections, or end other programs; docs/operations.md says how many Loa needs.',
  ],
  [/^53100$/, 'limited', 'stores nothing more: its disk is full', 'Make room there; Loa goes on by itself.'],
  [/^53/, 'limited', 'has run out of memory', 'Look at the server; Loa goes on by itself.'],
  [/^58/, 'limited', 'cannot use its disk', "Look at the server's log; Loa goes on by itself once it works."],
  [
    /^25006$/,
    'limited',
    'is read-only: it is a standby, or default_transaction_read_only is on',
    'Make it writable, or name the primary server in `database:`; Loa goes on by itself.',
  ],
  [
    /^28/,
    'wrong',
    'refuses the user or the password',
    'Correct `database:` in the settings, or the user on the server.',
  ],
  [/^3D000$/, 'wrong', 'has no database of that name', 'Create it, or correct `database:` in the settings.'],
];

const systems: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'cannot be reached: nothing listens there',
  ENOENT: 'cannot be reached: there is no such socket',
  EACCES: 'cannot be reached: its socket may not be used by this user',
  ENOTFOUND: 'cannot be reached: the name of its host is not known',
  EAI_AGAIN: 'cannot be reached: the name of its host cannot be looked up',
  EHOSTUNREACH: 'cannot be reached: there is no way to its host',
  ENETUNREACH: 'cannot be reached: there is no way to its network',
  ETIMEDOUT: 'does not answer',
  ECONNRESET: 'does not answer: the connection broke',
  EPIPE: 'does not answer: the connection broke',
};

/** What the driver says without any code. */
const words: readonly [RegExp, string][] = [
  [/timeout exceeded when trying to connect|timeout expired|read timeout/i, 'ETIMEDOUT'],
  [/connection terminated|connection error|not queryable|connection ended/i, 'ECONNRESET'],
];

/** Null when the error is none of the server's. */
export function troubleOf(error: unknown): Trouble | null {
  const { code: given = '' } = (error ?? {}) as { code?: string };
  const message = messageOf(error);
  const state = /^[0-9A-Z]{5}$/.test(given) ? states.find(([pattern]) => pattern.test(given)) : undefined;
  if (state) return { kind: state[1], says: state[2], next: state[3], code: given };
  const tls = tlsTrouble(given, message);
  if (tls) return tls;
  const code = systems[given] ? given : words.find(([pattern]) => pattern.test(message))?.[1];
  return code ? { kind: 'away', says: systems[code]!, next: wait, code } : null;
}

function tlsTrouble(code: string, message: string): Trouble | null {
  const isTls = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(code);
  if (!isTls && !/does not support SSL/.test(message)) return null;
  const next = 'Correct `sslmode` and `sslrootcert` in `database:`, or the certificate on the server.';
  return { kind: 'wrong', says: `cannot be trusted: ${message}`, next, code: code || 'ERR_TLS' };
}
