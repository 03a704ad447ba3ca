/** The address of a PostgreSQL server, as the driver takes it and as people are told it. */
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { UserError } from '#src/core/errors.ts';

export interface ServerAddress {
  /** With the password: never to be shown. */
  url: string;
  /** `db.example:5432`, without user and password. */
  place: string;
  user: string;
  /** The database's name. */
  name: string;
}

/** Of a `postgres://…` address whose form has been checked. Throws a `UserError` where a certificate's file is missing. */
export function readAddress(url: string): ServerAddress {
  const parsed = new URL(url);
  for (const key of ['sslrootcert', 'sslcert', 'sslkey']) {
    const file = parsed.searchParams.get(key);
    if (file && !existsSync(file)) {
      throw new UserError(`The file ${file}, named by \`${key}\` in \`database:\`, is not there.`);
    }
  }
  const host = parsed.searchParams.get('host') ?? (parsed.hostname || 'localhost');
  return {
    url: plainMode(parsed),
    place: host.startsWith('/') ? host : `${host}:${parsed.port || 5432}`,
    user: decodeURIComponent(parsed.username) || (process.env['PGUSER'] ?? userInfo().username),
    name: decodeURIComponent(parsed.pathname.slice(1)),
  };
}

/** The driver takes these for `verify-full`, and says so in a warning of its own that names no setting of ours. */
function plainMode(url: URL): string {
  const mode = url.searchParams.get('sslmode') ?? '';
  if (!url.searchParams.has('uselibpqcompat') && ['prefer', 'require', 'verify-ca'].includes(mode)) {
    url.searchParams.set('sslmode', 'verify-full');
  }
  return url.href;
}
