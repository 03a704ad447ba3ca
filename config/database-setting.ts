/** Where the ledger is: `embedded`, or the address of a PostgreSQL server. */
import { z } from 'zod';

const example = '`postgres://user:password@127.0.0.1:5432/loa`';

/** What may stand behind `?`: the way the connection is secured, and a socket's folder. */
const parameters = ['sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'sslnegotiation', 'uselibpqcompat', 'host'];
const modes = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'];

/** The address as it was written; what is wrong is told without repeating it, as it may hold a password. */
export const databaseSetting = z
  .string({ error: 'must be text: put it in quotes' })
  .meta({ title: '`embedded` or PostgreSQL address' })
  .transform((written, context) => {
    const text = written.trim();
    if (text === 'embedded') return text;
    const message = mistakeOf(text);
    if (message === null) return text;
    context.issues.push({ code: 'custom', message, input: written });
    return z.NEVER;
  });

/** Whether it goes over a network in the clear; null where the host is this machine's own socket. */
export function clearHost(database: string): string | null {
  const url = URL.parse(database);
  if (database === 'embedded' || !url || url.searchParams.get('host')?.startsWith('/')) return null;
  const mode = url.searchParams.get('sslmode');
  return mode === null || mode === 'disable' ? (url.searchParams.get('host') ?? url.hostname) : null;
}

function mistakeOf(text: string): string | null {
  if (!/^postgres(ql)?:/i.test(text)) return `must be \`embedded\` or an address such as ${example}`;
  const url = URL.parse(text);
  if (!url || !/^postgres(ql)?:\/\//i.test(text)) {
    return `is not an address such as ${example}; a password with \`/ @ # ? %\` in it must be percent-encoded`;
  }
  if (url.hash) return 'must end before any `#`; in a password it is written %23';
  if ([url.username, url.password, url.pathname].some((part) => !isEncoded(part))) {
    return 'holds a `%` that encodes nothing; in a password it is written %25';
  }
  if (url.hostname === '' && !url.searchParams.get('host')) return 'must name a host';
  if (!/^\/[^/]+$/.test(url.pathname)) return 'must end with the name of the database, such as `/loa`';
  return parameterMistake(url.searchParams);
}

function parameterMistake(given: URLSearchParams): string | null {
  const unknown = [...given.keys()].find((name) => !parameters.includes(name));
  if (unknown !== undefined) {
    // What stands behind an unencoded `?` may be the rest of a password.
    return `may hold only ${parameters.map((name) => `\`${name}\``).join(', ')} behind its \`?\`; in a password it is written %3F`;
  }
  const mode = given.get('sslmode');
  if (mode === null || modes.includes(mode)) return null;
  return `must hold one of ${modes.map((name) => `\`${name}\``).join(', ')} as \`sslmode\``;
}

function isEncoded(part: string): boolean {
  try {
    decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}
