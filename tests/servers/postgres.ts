/** A PostgreSQL of the test's own on loopback; fast, as nothing of it must outlive the test. */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { freePort } from '#tests/e2e/loa.ts';
import { pathOf } from '#tests/servers/has.ts';
import { type ServerProcess, startServer } from '#tests/servers/process.ts';

export interface PostgresServer {
  /** Of its database `postgres`, as its superuser `loa`. */
  url: string;
  port: number;
  /** An empty database of its own; gives its address. */
  database(): Promise<string>;
  /** Ends it, for good. */
  stop(): Promise<void>;
  /** As if the power failed. */
  kill(): Promise<void>;
  /** After `kill`: again, at the same address, with what it held. */
  start(): Promise<void>;
}

/** `settings`: as in postgresql.conf. With `password`, the user `loa` needs it. */
export async function startPostgres(
  options: { settings?: Readonly<Record<string, string>>; password?: string } = {},
): Promise<PostgresServer> {
  const program = pathOf('postgres');
  const folder = mkdtempSync(join(tmpdir(), 'loa-postgres-'));
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  const owner = ownerFor(folder, data);
  execFileSync(
    join(dirname(program), 'initdb'),
    ['-D', data, '-U', 'loa', '-A', 'trust', '-E', 'UTF8', '--no-sync', '--locale=C.UTF-8'],
    {
      ...owner,
      cwd: folder,
      stdio: 'ignore',
    },
  );
  const port = await freePort();
  const settings = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    ...options.settings,
  };
  let server: ServerProcess | null = null;
  const start = async (): Promise<void> => {
    const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    server = await startServer({
      path: program,
      args: ['-D', data, ...args],
      ready: /ready to accept connections/,
      cwd: folder,
      ...owner,
    });
  };
  await start();

  const address = (database: string) =>
    `postgres://loa${options.password ? `:${encodeURIComponent(options.password)}` : ''}@127.0.0.1:${port}/${database}`;
  if (options.password) {
    await run(address('postgres'), `ALTER USER loa PASSWORD '${options.password}'`);
    execFileSync('sed', ['-i', 's/trust$/scram-sha-256/', join(data, 'pg_hba.conf')]);
    await run(address('postgres'), 'SELECT pg_reload_conf()');
  }
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    await server?.end(signal);
    server = null;
  };
  return {
    url: address('postgres'),
    port,
    async database() {
      const name = `test_${randomUUID().replaceAll('-', '')}`;
      await run(address('postgres'), `CREATE DATABASE ${name}`);
      return address(name);
    },
    start,
    kill: () => end('SIGKILL'),
    async stop() {
      await end('SIGQUIT');
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

/** PostgreSQL refuses to run as root: there the folders go to a user that exists for it. */
function ownerFor(...folders: string[]): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const account = accounts.find(([name]) => name === 'postgres') ?? accounts.find(([name]) => name === 'nobody');
  if (!account) throw new Error('PostgreSQL does not run as root, and this machine has no user postgres or nobody');
  const owner = { uid: Number(account[2]), gid: Number(account[3]) };
  for (const folder of folders) chownSync(folder, owner.uid, owner.gid);
  return owner;
}
