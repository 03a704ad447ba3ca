/** A PostgreSQL server: waited for where it is away, refused with the reason where only a person can mend it. */
import { Kysely, PostgresDialect } from 'kysely';
import { DatabaseTrouble, UserError } from '#src/core/errors.ts';
import type { Alerts, Clock, Log } from '#src/core/tools.ts';
import type { OpenDatabase } from '#src/stores/postgres/database.ts';
import { QueuePool } from '#src/stores/postgres/queue-pool.ts';
import { readAddress, type ServerAddress } from '#src/stores/postgres/server-address.ts';
import { ServerPool } from '#src/stores/postgres/server-pool.ts';
import { troubleOf } from '#src/stores/postgres/server-trouble.ts';
import { createWatch } from '#src/stores/postgres/server-watch.ts';

export interface OpenServerOptions {
  /** `postgres://…` */
  database: string;
  log: Log;
  clock: Clock;
  alerts: Alerts;
  /** For as long as the server is away or read-only; otherwise that is a `UserError`. */
  waitForServer?: boolean;
  /** Ends the waiting. */
  signal?: AbortSignal;
}

/** Most connections of this process: the ledger's, and the queue's with one of them for listening. */
const ledgerConnections = 10;
const queueConnections = 10;

const lookEvery = 2000;

/** Throws a `UserError` for what a person must mend: place, cause and next step, never the password. */
export async function openServer(options: OpenServerOptions): Promise<OpenDatabase> {
  const { log, clock, alerts } = options;
  const address = readAddress(options.database);
  const watch = createWatch({ place: address.place, alerts, clock });
  const common = { address, watch, log };
  const ledger = new ServerPool({ ...common, max: ledgerConnections, strict: true });
  // The queue may lose its last moments when the power fails: the ledger finds what was due.
  const settings = ['search_path=bullmq', 'synchronous_commit=off'];
  const queue = new QueuePool(new ServerPool({ ...common, max: queueConnections, settings }));
  const db = new Kysely<any>({ dialect: new PostgresDialect({ pool: ledger as never }) });
  const close = async (): Promise<void> => {
    await queue.end();
    await ledger.end();
  };
  try {
    await untilReady(ledger, address, options);
    alerts.resolve('database');
  } catch (error) {
    await close();
    throw error;
  }
  log.debug('The database server is reached', { place: address.place });
  return {
    kind: 'server',
    queuePool: queue,
    db,
    // A server does this by itself.
    maintain: async () => ({ vacuumed: 0, checkpointed: false }),
    close,
  };
}

async function untilReady(pool: ServerPool, address: ServerAddress, options: OpenServerOptions): Promise<void> {
  for (;;) {
    options.signal?.throwIfAborted();
    try {
      await examine(pool, address);
      return;
    } catch (error) {
      const trouble = error instanceof DatabaseTrouble ? troubleOf(error) : null;
      if (!trouble) throw error;
      if (trouble.kind === 'wrong' || !options.waitForServer) {
        throw new UserError(`The database ${address.name} at ${address.place} ${trouble.says}.`, {
          next: trouble.next,
          cause: error,
        });
      }
    }
    // The clock's own error would say nothing of who ended it.
    await options.clock.sleep(lookEvery, options.signal).catch(() => {});
  }
}

/** Whether it is one that Loa can work with. */
async function examine(pool: ServerPool, { place, user, name }: ServerAddress): Promise<void> {
  const { rows } = await pool.query(`
    SELECT current_setting('server_version_num')::int AS version, current_setting('server_encoding') AS encoding,
           current_setting('transaction_read_only') = 'on' AS "readOnly",
           has_database_privilege(current_database(), 'CREATE') AS "mayCreate"`);
  const { version, encoding, readOnly, mayCreate } = rows[0];
  const where = `The database ${name} at ${place}`;
  if (version < oldest) {
    throw new UserError(`${where} is PostgreSQL ${Math.floor(version / 10_000)}, which is too old.`, {
      next: `Loa needs PostgreSQL ${oldest / 10_000} or newer.`,
    });
  }
  if (encoding !== 'UTF8') {
    throw new UserError(`${where} holds texts as ${encoding}, which cannot hold every language.`, {
      next: `Make one that can: CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`,
    });
  }
  if (readOnly) throw pool.refusal(Object.assign(new Error('it is read-only'), { code: '25006' }));
  if (!mayCreate) {
    throw new UserError(`${where} does not let the user ${user} make the schemas that Loa needs.`, {
      next: `As its owner: GRANT CREATE ON DATABASE "${name}" TO "${user}"`,
    });
  }
}

const oldest = 130_000;
