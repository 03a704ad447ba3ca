/** A Redis of the test's own on loopback, empty, nothing kept on disk. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '#tests/e2e/loa.ts';
import { pathOf } from '#tests/servers/has.ts';
import { type ServerProcess, startServer } from '#tests/servers/process.ts';

export interface RedisServer {
  url: string;
  port: number;
  /** Ends it in good order, for good. */
  stop(): Promise<void>;
  /** As if the power failed; what it held is lost. */
  kill(): Promise<void>;
  /** After `kill`: again, at the same address. */
  start(): Promise<void>;
}

/** `args`: further ones, as `redis-server` takes them (`--maxmemory 10mb`). */
export async function startRedis(options: { args?: string[]; port?: number } = {}): Promise<RedisServer> {
  const port = options.port ?? (await freePort());
  const folder = mkdtempSync(join(tmpdir(), 'loa-redis-'));
  const address = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'];
  let server: ServerProcess | null = null;
  const start = async (): Promise<void> => {
    server = await startServer({
      path: pathOf('redis'),
      args: [...address, ...(options.args ?? [])],
      ready: /Ready to accept connections/,
    });
  };
  const kill = async (): Promise<void> => {
    await server?.end('SIGKILL');
    server = null;
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    start,
    kill,
    async stop() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
