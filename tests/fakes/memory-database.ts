import { PGlite } from '@electric-sql/pglite';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { migrate } from '#src/stores/postgres/migrate.ts';
import { migrations } from '#src/stores/postgres/migrations.ts';
import { PglitePool } from '#src/stores/postgres/pglite-pool.ts';
import { keepUsedTypes } from '#src/stores/postgres/pglite-types.ts';
import type { Database } from '#src/stores/postgres/tables.ts';
import { ledgerTemplate } from '#tests/servers/ledger-template.ts';

export interface MemoryDatabase {
  db: Kysely<Database>;
  pool: PglitePool;
  /** An empty ledger again. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** In this order, as the later ones are what the earlier ones refer to. */
const tables: (keyof Database)[] = [
  'summaries',
  'attempts',
  'deliveries',
  'photos',
  'article_events',
  'story_marks',
  'article_addresses',
  'article_keys',
  'revisions',
  'articles',
  'sources',
  'readings',
  'feeds',
  'channels',
  'alerts',
  'board_posts',
  'stops',
  'sign_in_links',
  'sessions',
  'counts',
  'push_messages',
  'subscriptions',
  'habits',
  'channel_secrets',
  'rates',
  'opt_outs',
];

const emptyTables = tables.map((table) => `delete from loa.${table};`).join('');

/** The embedded database without files: the same SQL, through the same pool. */
export async function openMemoryDatabase(Pool: new (db: PGlite) => PglitePool = PglitePool): Promise<MemoryDatabase> {
  const pool = new Pool(
    keepUsedTypes(
      // As node-postgres gives them.
      await PGlite.create({ loadDataDir: await ledgerTemplate(), parsers: { 20: (text: string) => text } }),
    ),
  );
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: pool as never }) });
  await migrate(db, migrations);
  return {
    db,
    pool,
    async reset() {
      await sql.raw(emptyTables).execute(db);
    },
    close: () => pool.end(),
  };
}
