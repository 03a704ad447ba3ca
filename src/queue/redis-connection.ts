/** ioredis as a queue needs it: one connection that waits for its server, one that never does. */
import { Cluster, type ClusterOptions, Redis, type RedisOptions } from 'ioredis';
import type { QueueSettings, RedisAddress } from '#src/core/settings.ts';

export type RedisSettings = Exclude<QueueSettings, { kind: 'database' }>;
export type RedisClient = Redis | Cluster;

/** For workers: commands wait as long as the server is away, and go out once it is back. */
export function connectPatiently(settings: RedisSettings): RedisClient {
  return connect(settings, { maxRetriesPerRequest: null });
}

/** For producers: commands fail at once while there is no connection, and after 5 s without an answer. */
export function connectImpatiently(settings: RedisSettings): RedisClient {
  return connect(settings, { maxRetriesPerRequest: 0, enableOfflineQueue: false, commandTimeout: 5000 });
}

/** `Redis at cache:6379`: where it is, without user and password. */
export function placeOf(settings: RedisSettings): string {
  if (settings.kind === 'redis') return `Redis at ${shown(settings.server)}`;
  if (settings.kind === 'cluster') return `Redis Cluster at ${settings.servers.map(shown).join(', ')}`;
  return `Redis "${settings.name}" by the sentinels ${settings.sentinels.map(shown).join(', ')}`;
}

function connect(settings: RedisSettings, more: RedisOptions): RedisClient {
  const tls = settings.tls ? { tls: settings.ca === null ? {} : { ca: settings.ca } } : {};
  const options: RedisOptions = {
    retryStrategy,
    connectTimeout: 5000,
    keepAlive: 10_000,
    // Longer than a worker ever waits for a job: a connection that is dead without saying so is given up.
    socketTimeout: 45_000,
    reconnectOnError: reconnectOnReadOnly(),
    ...tls,
    ...more,
  };
  if (settings.kind === 'redis') return new Redis({ ...options, ...serverOptions(settings.server) });
  if (settings.kind === 'cluster') return connectCluster(settings, options);
  const { sentinels, name, username, password } = settings;
  const keys = sentinels.find((one) => one.password !== null);
  return new Redis({
    ...options,
    sentinels: sentinels.map(({ host, port }) => ({ host, port })),
    name,
    sentinelRetryStrategy: retryStrategy,
    ...(settings.tls ? { sentinelTLS: tls.tls!, enableTLSForSentinelMode: true } : {}),
    ...(username === null ? {} : { username }),
    ...(password === null ? {} : { password }),
    ...(keys?.username ? { sentinelUsername: keys.username } : {}),
    ...(keys?.password ? { sentinelPassword: keys.password } : {}),
  });
}

function connectCluster({ servers, tls }: RedisSettings & { kind: 'cluster' }, options: RedisOptions): Cluster {
  const { username = null, password = null } = servers.find((one) => one.password !== null) ?? {};
  const { retryStrategy: _, enableOfflineQueue = true, ...redisOptions } = options;
  const cluster: ClusterOptions = {
    enableOfflineQueue,
    clusterRetryStrategy: retryStrategy,
    slotsRefreshTimeout: 3000,
    // While a node fails, the others still point to it: without a pause all redirections are used up at once.
    retryDelayOnMoved: 50,
    redisOptions: { ...redisOptions, ...(username ? { username } : {}), ...(password ? { password } : {}) },
    // A certificate is made out to a name; looked up here, only the address would be left to check.
    ...(tls ? { dnsLookup: (address, callback) => callback(null, address) } : {}),
  };
  return new Cluster(
    servers.map(({ host, port }) => ({ host, port })),
    cluster,
  );
}

function serverOptions({ host, port, path, db, username, password }: RedisAddress): RedisOptions {
  return {
    ...(path === null ? { host, port } : { path }),
    db,
    ...(username === null ? {} : { username }),
    ...(password === null ? {} : { password }),
  };
}

/** Quickly at first, then every two seconds, for ever. */
function retryStrategy(times: number): number {
  return Math.min(50 * 2 ** Math.min(times, 10), 2000);
}

/** After a failover the old primary refuses writes: connecting again finds the new one, where a name leads to it. */
function reconnectOnReadOnly(): (error: Error) => boolean {
  let last = Number.NEGATIVE_INFINITY;
  return ({ message }) => {
    if (!message.startsWith('READONLY') || performance.now() - last < 10_000) return false;
    last = performance.now();
    return true;
  };
}

function shown({ host, port, path }: RedisAddress): string {
  return path ?? `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
