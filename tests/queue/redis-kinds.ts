/** Redis as larger newsrooms run it: a cluster, behind sentinels, by TLS. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { QueueSettings } from '#src/core/settings.ts';
import { freePort } from '#tests/e2e/loa.ts';
import { until } from '#tests/fakes/until.ts';
import { redisAt } from '#tests/queue/backends.ts';
import { pathOf } from '#tests/servers/has.ts';
import { startServer } from '#tests/servers/process.ts';
import { startRedis } from '#tests/servers/redis.ts';

export interface RedisKind {
  settings: QueueSettings;
  /** The server that takes the jobs ends as if its power failed. */
  kill(): Promise<void>;
  /** After `kill`: again, empty. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

const bare = (port: number) => redisAt({ port }).server;
const common = { tls: false, ca: null, prefix: 'loa' };

/** Three primaries that share the slots. */
export async function startCluster(): Promise<RedisKind> {
  const nodes = await Promise.all(
    [0, 1, 2].map(async () =>
      startRedis({
        args: [
          '--cluster-enabled',
          'yes',
          '--cluster-port',
          String(await freePort()),
          '--cluster-node-timeout',
          '2000',
        ],
      }),
    ),
  );
  const bus = new Map<number, number>();
  for (const { port } of nodes) bus.set(port, Number((await ask(port, 'CONFIG', 'GET', 'cluster-port'))[1]));
  const shares = ['0 5460', '5461 10922', '10923 16383'];
  for (const [index, { port }] of nodes.entries()) {
    await ask(port, 'CLUSTER', 'ADDSLOTSRANGE', ...shares[index]!.split(' '));
    await ask(port, 'CLUSTER', 'SET-CONFIG-EPOCH', String(index + 1));
  }
  const first = nodes[0]!.port;
  for (const { port } of nodes.slice(1)) {
    await ask(first, 'CLUSTER', 'MEET', '127.0.0.1', String(port), String(bus.get(port)));
  }
  const isComplete = async (port: number) => {
    const info = String(await ask(port, 'CLUSTER', 'INFO'));
    return info.includes('cluster_state:ok') && info.includes('cluster_known_nodes:3');
  };
  for (const { port } of nodes) await until(() => isComplete(port), { what: 'the cluster' });
  const slot = Number(await ask(first, 'CLUSTER', 'KEYSLOT', '{loa}'));
  const holder = nodes[shares.findIndex((share) => slot <= Number(share.split(' ')[1]))]!;
  return {
    settings: { kind: 'cluster', servers: nodes.slice(0, 2).map(({ port }) => bare(port)), ...common },
    kill: () => holder.kill(),
    start: () => holder.start(),
    stop: async () => void (await Promise.all(nodes.map((node) => node.stop()))),
  };
}

/** A primary, its replica, and a sentinel that watches them. */
export async function startSentinels(): Promise<RedisKind> {
  const primary = await startRedis();
  const replica = await startRedis({ args: ['--replicaof', '127.0.0.1', String(primary.port)] });
  const folder = mkdtempSync(join(tmpdir(), 'loa-sentinel-'));
  const port = await freePort();
  const file = join(folder, 'sentinel.conf');
  const lines = [
    `port ${port}`,
    'bind 127.0.0.1',
    `sentinel monitor newsroom 127.0.0.1 ${primary.port} 1`,
    'sentinel down-after-milliseconds newsroom 500',
    'sentinel failover-timeout newsroom 3000',
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  const sentinel = await startServer({
    path: pathOf('redis'),
    args: [file, '--sentinel'],
    ready: /\+monitor/,
    cwd: folder,
  });
  const knowsReplica = async () =>
    String(await ask(port, 'SENTINEL', 'REPLICAS', 'newsroom')).includes(`${replica.port}`);
  await until(knowsReplica, { what: 'the replica at the sentinel' });
  await until(async () => String(await ask(replica.port, 'INFO', 'replication')).includes('master_link_status:up'));
  return {
    settings: {
      kind: 'sentinels',
      sentinels: [bare(port)],
      name: 'newsroom',
      username: null,
      password: null,
      ...common,
    },
    kill: () => primary.kill(),
    start: () => primary.start(),
    async stop() {
      await sentinel.end('SIGKILL');
      await Promise.all([primary.stop(), replica.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** By TLS, with a certificate that nobody has signed; a user who may do what docs/operations.md says, and no more. */
export async function startTls(): Promise<RedisKind> {
  const folder = mkdtempSync(join(tmpdir(), 'loa-tls-'));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const subject = ['-subj', '/CN=queue.example', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const made = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', certificate];
  execFileSync('openssl', ['req', ...made, ...subject], { stdio: 'ignore' });
  const port = await freePort();
  const tls = ['--tls-cert-file', certificate, '--tls-key-file', key, '--tls-auth-clients', 'no'];
  const server = await startRedis({ args: ['--tls-port', String(port), ...tls] });
  const rights = ['~{loa}:*', '+@all', '-@dangerous', '+info'];
  await ask(server.port, 'ACL', 'SETUSER', 'tòa-soạn', 'on', '>mật khẩu', ...rights);
  await ask(server.port, 'ACL', 'SETUSER', 'default', 'off');
  const address = { ...bare(port), username: 'tòa-soạn', password: 'mật khẩu' };
  return {
    settings: { kind: 'redis', server: address, ...common, tls: true, ca: readFileSync(certificate, 'utf8') },
    kill: () => server.kill(),
    start: () => server.start(),
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function ask(port: number, name: string, ...words: string[]): Promise<string[]> {
  const client = new Redis({ port, host: '127.0.0.1' });
  return (client.call(name, ...words) as Promise<string[]>).finally(() => client.disconnect());
}
