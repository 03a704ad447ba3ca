/** The ledger's database: embedded in this process, or a PostgreSQL server. */
import type { OpenDatabase } from '#src/stores/postgres/database.ts';
import type { OpenEmbeddedOptions } from '#src/stores/postgres/open-embedded.ts';
import type { OpenServerOptions } from '#src/stores/postgres/open-server.ts';

/** `database`: `embedded`, or `postgres://…`. */
export type OpenDatabaseOptions = OpenEmbeddedOptions & Omit<OpenServerOptions, 'database'> & { database: string };

/** Throws a `UserError` when it does not open and a person must mend that. */
export async function openDatabase(options: OpenDatabaseOptions): Promise<OpenDatabase> {
  // Each only where it is used: WebAssembly and drivers cost memory.
  if (options.database === 'embedded') {
    const { openEmbedded } = await import('#src/stores/postgres/open-embedded.ts');
    return openEmbedded(options);
  }
  const { openServer } = await import('#src/stores/postgres/open-server.ts');
  return openServer(options);
}
