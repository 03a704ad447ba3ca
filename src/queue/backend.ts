import { createPostgresBackend, runMigrations, withBackend } from 'bullmq';

type Pool = Parameters<typeof createPostgresBackend>[1]['connection'];

/** BullMQ's classes bound to where their jobs live, and what they connect with. */
export interface Backend {
  classes: ReturnType<typeof withBackend<any, any>>;
  connection: unknown;
}

/** The queue inside the ledger's database: its schema `bullmq` is brought up to date first. */
export async function databaseBackend(pool: { connect(): Promise<{ query: any; release(): void }> }): Promise<Backend> {
  const client = await pool.connect();
  try {
    // A pool handed to BullMQ never migrates by itself.
    await runMigrations(client as any);
  } finally {
    client.release();
  }
  return { classes: withBackend(createPostgresBackend), connection: pool as unknown as Pool };
}
