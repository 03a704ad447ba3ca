/** Where the job queue is: `database`, a Redis address, or keys for a cluster, sentinels and what else Redis needs. */
import { z } from 'zod';
import { id, line } from '#config/fields.ts';
import type { QueueSettings, RedisAddress } from '#src/core/settings.ts';

const redisPort = 6379;
const sentinelPort = 26_379;
const example = '`redis://127.0.0.1:6379`';
const whatItMayBe = `must be \`database\` or an address such as ${example}`;

type Written = RedisAddress & { tls: boolean };

const redisAddress = (port: number) =>
  z
    .string({ error: `must be an address such as ${example}` })
    .meta({ title: 'Redis address' })
    .transform((written, context) => parseAddress(written.trim(), port) ?? refuse(context, mistakeOf(written.trim())));

const servers = (what: string, port: number) =>
  z
    .array(redisAddress(port))
    .min(1, `must name at least one ${what}`)
    .max(50, `must name at most 50 ${what}s`)
    .refine((list) => list.every(({ tls }) => tls === list[0]!.tls), 'must not mix redis:// and rediss://')
    .refine((list) => list.every(({ db }) => db === 0), 'must not name a database: there is only 0')
    .refine((list) => list.every(({ path }) => path === null), 'must not be sockets: others must reach them too');

const keys = z
  .strictObject({
    url: redisAddress(redisPort).optional().describe('One Redis or Valkey; the same as writing the address itself.'),
    cluster: servers('server', redisPort)
      .optional()
      .describe('Some servers of a Redis Cluster; the others are found through them.'),
    sentinels: servers('sentinel', sentinelPort)
      .optional()
      .describe('Sentinels; with `rediss://` the servers are spoken to by TLS too.'),
    name: line(100).optional().describe('What the sentinels call the set of servers.'),
    username: line(500).optional().describe('User at the servers that sentinels name.'),
    password: line(500).optional().describe("That user's password; the sentinels' own stands in their addresses."),
    prefix: id
      .prefault('loa')
      .describe('First part of every key; give each Loa its own where several share one Redis.'),
    ca: z
      .string({ error: 'must be text' })
      .regex(/-----BEGIN CERTIFICATE-----/, 'must be a certificate in PEM form: take it in with `file:`')
      .optional()
      .describe(
        "Certificate (PEM) that signed the servers' own, where it is not a public one; from a file as shown above.",
      ),
  })
  .transform((written, context): QueueSettings => {
    const { url, cluster, sentinels, name, username, password, prefix, ca } = written;
    const common = { prefix, ca: ca ?? null };
    if ([url, cluster, sentinels].filter(Boolean).length !== 1) {
      return refuse(context, 'must hold one of `url`, `cluster` and `sentinels`');
    }
    if (!sentinels && [name, username, password].some((value) => value !== undefined)) {
      return refuse(context, 'holds `name`, `username` or `password` without `sentinels`: they stand in the address');
    }
    if (url) return { ...one(url), ...common };
    if (cluster) return { kind: 'cluster', servers: cluster.map(bare), tls: cluster[0]!.tls, ...common };
    if (name === undefined) return refuse(context, 'must hold `name`: what the sentinels call the set of servers');
    return {
      kind: 'sentinels',
      sentinels: sentinels!.map(bare),
      name,
      username: username ?? null,
      password: password ?? null,
      tls: sentinels![0]!.tls,
      ...common,
    };
  });

const address = z
  .string({ error: 'must be text' })
  .meta({ title: '`database` or Redis address' })
  .transform((written, context): QueueSettings => {
    const text = written.trim();
    if (text === 'database') return { kind: 'database' };
    const parsed = parseAddress(text, redisPort);
    if (parsed) return { ...one(parsed), prefix: 'loa', ca: null };
    return refuse(context, /^(rediss?|unix):/i.test(text) ? mistakeOf(text) : whatItMayBe);
  });

export const queueSetting = z.union([address, keys]);

function one(written: Written): Pick<QueueSettings & { kind: 'redis' }, 'kind' | 'server' | 'tls'> {
  return { kind: 'redis', server: bare(written), tls: written.tls };
}

const bare = ({ tls: _, ...rest }: Written): RedisAddress => rest;

/** `redis://user:password@host:6379/0`, `rediss://…`, `unix:///run/redis.sock`; null when it is none of them. */
function parseAddress(text: string, port: number): Written | null {
  const url = URL.parse(text);
  if (!url || !/^(rediss?|unix):$/.test(url.protocol) || url.search || url.hash) return null;
  if (url.protocol === 'unix:') {
    const path = decoded(url.pathname);
    if (url.host !== '' || !path?.startsWith('/') || path === '/') return null;
    return { host: '', port: 0, path, db: 0, username: null, password: null, tls: false };
  }
  const db = /^\/?(\d{0,4})$/.exec(url.pathname)?.[1];
  const [username, password] = [decoded(url.username), decoded(url.password)];
  if (url.hostname === '' || db === undefined || username === null || password === null) return null;
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || port),
    path: null,
    db: Number(db),
    username: username || null,
    password: password || null,
    tls: url.protocol === 'rediss:',
  };
}

/** Says what is wrong without repeating it: it may hold a password. */
function mistakeOf(text: string): string {
  const url = URL.parse(text);
  if (!url) return `is not an address; a password with \`/ @ # ? %\` in it must be percent-encoded`;
  if (!/^(rediss?|unix):$/.test(url.protocol)) return `must be an address such as ${example}`;
  if (url.search || url.hash) return 'must end before any `?` or `#`; in a password they are written %3F and %23';
  if (url.protocol === 'unix:') return 'must be a socket such as `unix:///run/redis/redis.sock`';
  if (url.hostname === '') return 'must name a host';
  if (!/^\/?\d{0,4}$/.test(url.pathname))
    return 'must end with the number of the database, such as `/0`, or without one';
  return 'holds a `%` that encodes nothing; in a password it is written %25';
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

function refuse(context: { issues: unknown[]; value: unknown }, message: string): never {
  context.issues.push({ code: 'custom', message, input: context.value });
  return z.NEVER;
}
