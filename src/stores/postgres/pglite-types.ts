import type { PGlite } from '@electric-sql/pglite';

/** What the ledger and the queue's tables hold, and their arrays; everything else is read as text, as by default. */
const used = [
  ...[16, 17, 20, 21, 23, 26, 700, 701, 1082, 1114, 1184, 114, 3802], // bool, bytea, int8 …, timestamptz, json, jsonb
  ...[1000, 1005, 1007, 1016, 1009, 1015, 3807], // bool[], int2[], int4[], int8[], text[], varchar[], jsonb[]
];

/** PGlite copies all of its parsers, 318 with the array types, for every statement: a fifth of a small one's time. */
export function keepUsedTypes(db: PGlite): PGlite {
  db.parsers = Object.fromEntries(used.flatMap((oid) => (db.parsers[oid] ? [[oid, db.parsers[oid]]] : [])));
  return db;
}
