/** What a Redis must be for a queue, asked when it first answers. */
import { UserError } from '#src/core/errors.ts';
import type { Log } from '#src/core/tools.ts';

const oldest = [6, 2] as const;

/** Throws a `UserError` when it is too old; warns of settings by which jobs would get lost. `info`: its INFO. */
export function checkFacts(info: string, place: string, log: Log): void {
  const factOf = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1];
  // Valkey says the Redis version it stands for, and its own beside it.
  const valkey = factOf('valkey_version');
  const version = factOf('redis_version') ?? '';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (!valkey && version !== '' && (major < oldest[0] || (major === oldest[0] && minor < oldest[1]))) {
    throw new UserError(`The queue (${place}) is Redis ${version}, which is too old.`, {
      next: `Bring it to Redis ${oldest.join('.')} or Valkey, or write \`queue: database\`.`,
    });
  }
  const policy = factOf('maxmemory_policy');
  if (policy !== undefined && policy !== 'noeviction') {
    log.warn(
      `The queue (${place}) throws away what it likes when it is full (maxmemory-policy ${policy}): jobs come late then. ` +
        'To mend it: redis-cli CONFIG SET maxmemory-policy noeviction, and the same in redis.conf',
    );
  }
}
