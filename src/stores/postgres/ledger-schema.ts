/** What PostgreSQL says of the tables of schema `loa`, so that backup and restore know none by name. */
import { type Kysely, sql } from 'kysely';

export interface LedgerTable {
  name: string;
  /** Without generated ones: they cannot be written. */
  columns: string[];
  /** Primary key, in its order; empty without one. */
  key: string[];
}

export interface ForeignKey {
  table: string;
  name: string;
  columns: string[];
  parent: string;
  parentColumns: string[];
  /** For `ALTER TABLE … ADD CONSTRAINT`. */
  definition: string;
}

/** All tables but the migrations' own and those whose comment keeps them out of backups. */
export async function ledgerTables(db: Kysely<any>): Promise<LedgerTable[]> {
  const { rows } = await sql<LedgerTable>`
    SELECT c.relname AS name,
           ARRAY(SELECT a.attname::text FROM pg_attribute a
                  WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
                  ORDER BY a.attnum) AS columns,
           ARRAY(SELECT a.attname::text FROM pg_index i
                   CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, position)
                   JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
                  WHERE i.indrelid = c.oid AND i.indisprimary ORDER BY k.position) AS key
      FROM pg_class c
     WHERE c.relnamespace = 'loa'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname NOT LIKE 'kysely%'
       AND obj_description(c.oid, 'pg_class') IS DISTINCT FROM 'not in backups'
     ORDER BY c.relname`.execute(db);
  return rows;
}

export async function foreignKeys(db: Kysely<any>): Promise<ForeignKey[]> {
  const { rows } = await sql<ForeignKey>`
    SELECT t.relname AS "table", f.conname AS name, p.relname AS parent, pg_get_constraintdef(f.oid) AS definition,
           ARRAY(SELECT a.attname::text FROM unnest(f.conkey) WITH ORDINALITY AS k (attnum, position)
                   JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.attnum ORDER BY k.position) AS columns,
           ARRAY(SELECT a.attname::text FROM unnest(f.confkey) WITH ORDINALITY AS k (attnum, position)
                   JOIN pg_attribute a ON a.attrelid = f.confrelid AND a.attnum = k.attnum ORDER BY k.position) AS "parentColumns"
      FROM pg_constraint f JOIN pg_class t ON t.oid = f.conrelid JOIN pg_class p ON p.oid = f.confrelid
     WHERE f.contype = 'f' AND f.connamespace = 'loa'::regnamespace
     ORDER BY f.conname`.execute(db);
  return rows;
}

/** Tables with those that refer to them first, so that a row that is read has its parent still to come. */
export function childrenFirst(tables: LedgerTable[], keys: ForeignKey[]): LedgerTable[] {
  const order: LedgerTable[] = [];
  const seen = new Set<string>();
  const visit = (table: LedgerTable): void => {
    if (seen.has(table.name)) return;
    seen.add(table.name);
    for (const child of tables) {
      if (keys.some((key) => key.parent === table.name && key.table === child.name)) visit(child);
    }
    order.push(table);
  };
  for (const table of tables) visit(table);
  return order;
}
