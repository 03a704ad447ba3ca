/** PGlite made durable: a commit or a checkpoint returns only after the files it wrote are on the disk. */
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { messageOf, UserError } from '#src/core/errors.ts';
import { newestBackup } from '#src/stores/postgres/backup-files.ts';
import { createCluster } from '#src/stores/postgres/create-cluster.ts';
import { keepUsedTypes } from '#src/stores/postgres/pglite-types.ts';

export type Fsync = (fd: number) => void;

/**
 * Opens the embedded database in `dir`, and creates it where there is none. A folder that does not open is never
 * touched: the `UserError` names it and the newest backup. `fsync` is handed in by tests.
 */
export async function openDurable(dir: string, options: { fsync?: Fsync } = {}): Promise<PGlite> {
  if (isNew(dir)) await createCluster(dir);
  try {
    checkVersion(dir);
    return keepUsedTypes(
      await PGlite.create({
        fs: new DurableFS(dir, options.fsync ?? fsyncSync),
        startParams: startParams(),
        // As node-postgres gives them: a bigint as text, bytea as a Buffer.
        parsers: { 20: (text) => text, 17: (text) => Buffer.from(text.slice(2), 'hex') },
      }),
    );
  } catch (cause) {
    throw notOpened(dir, cause);
  }
}

function isNew(dir: string): boolean {
  return !existsSync(dir) || readdirSync(dir).length === 0;
}

/** Without it PGlite would run initdb over a folder that lost this one file. */
function checkVersion(dir: string): void {
  const file = join(dir, 'PG_VERSION');
  if (!existsSync(file)) throw new Error('its file PG_VERSION is missing');
  const version = readFileSync(file, 'utf8').trim();
  if (version !== postgresVersion) throw new Error(`it was made by PostgreSQL ${version}, this is ${postgresVersion}`);
}

const postgresVersion = '18';

/** `-F` turns fsync off; fdatasync, the default for WAL, does nothing in this build. */
function startParams(): string[] {
  const defaults: string[] = (PGlite as unknown as { defaultStartParams: string[] }).defaultStartParams;
  return [...defaults.filter((param) => param !== '-F'), ...settings.flatMap((setting) => ['-c', setting])];
}

const settings = [
  'fsync=on',
  'wal_sync_method=fsync',
  'shared_buffers=8MB',
  'max_wal_size=64MB',
  'min_wal_size=32MB',
  // There is one session for all. The queue may lose its last moments; the ledger asks for more (durably.ts).
  'synchronous_commit=off',
  'search_path=bullmq',
];

/** PGlite's file system for Node has no fsync of its own: PostgreSQL's calls end in nothing. */
class DurableFS extends NodeFS {
  readonly #fsync: Fsync;

  constructor(dir: string, fsync: Fsync) {
    super(dir);
    this.#fsync = fsync;
  }

  override async init(...args: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(...args);
    const before = [emscriptenOpts.preRun ?? []].flat() as ((module: any) => void)[];
    return {
      emscriptenOpts: { ...emscriptenOpts, preRun: [...before, (module) => this.#giveFsync(module), stopOnFullDisk] },
    };
  }

  #giveFsync(module: any): void {
    const nodefs = module.FS.filesystems.NODEFS;
    nodefs.stream_ops.fsync = (stream: { nfd?: number; node: unknown }): number => {
      try {
        if (stream.nfd === undefined) this.#fsyncFolder(nodefs.realPath(stream.node));
        else this.#fsync(stream.nfd);
        return 0;
      } catch (cause) {
        throw stop(module, new DiskFailure(cause));
      }
    };
  }

  /** A folder is opened by PostgreSQL without a file handle on our side; its fsync makes new and renamed files stay. */
  #fsyncFolder(path: string): void {
    if (process.platform === 'win32') return;
    const fd = openSync(path, 'r');
    try {
      this.#fsync(fd);
    } finally {
      closeSync(fd);
    }
  }
}

/**
 * PostgreSQL gives up when a write to its log fails, and what gives up here spins without end. Any other file it does
 * without: that transaction fails.
 */
function stopOnFullDisk(module: any): void {
  const nodefs = module.FS.filesystems.NODEFS;
  const { write } = nodefs.stream_ops;
  nodefs.stream_ops.write = (stream: any, bytes: any, offset: number, length: number, position: number): number => {
    if (!stream.path?.includes('/pg_wal/')) return write(stream, bytes, offset, length, position);
    try {
      return writeSync(stream.nfd, new Int8Array(bytes.buffer, offset, length), 0, length, position);
    } catch (cause) {
      throw stop(module, new DiskFailure(cause));
    }
  };
}

/** A file was not written or synced, and nobody knows what the disk kept: nothing may be acknowledged any more. */
class DiskFailure extends Error {
  override readonly name = 'DiskFailure';

  constructor(cause: unknown) {
    super(`The disk did not keep the database's files: ${messageOf(cause)}`, { cause });
  }
}

/**
 * PGlite swallows what is thrown through PostgreSQL and calls it again without end, and PostgreSQL's own PANIC (an error
 * number instead) ends the same way or answers on as if nothing had been. So the way in and the two ways out are closed.
 */
function stop(module: any, failure: DiskFailure): DiskFailure {
  const refuse = (): never => {
    throw failure;
  };
  module._PostgresMainLoopOnce = refuse;
  module._pgl_setPGliteExitStatus = refuse;
  module._PostgresSendReadyForQueryIfNecessary = refuse;
  return failure;
}

function notOpened(dir: string, cause: unknown): UserError {
  const backup = newestBackup(join(dirname(dir), 'backups'));
  const next = backup
    ? `Keep the folder, move it aside (for example to ${basename(dir)}.broken), and restore the newest backup: loa restore ${backup}`
    : `Keep the folder and ask for help with it; there is no backup in ${join(dirname(dir), 'backups')}.`;
  return new UserError(`The database in ${dir} does not open: ${reasonOf(cause)}. ${next}`, { cause });
}

/** What the WebAssembly says of itself when PostgreSQL gives up is of no use to anyone. */
function reasonOf(cause: unknown): string {
  if ((cause as Error).name === 'RuntimeError') return 'PostgreSQL finds its files damaged';
  return messageOf(cause).split('\n')[0] ?? '';
}
