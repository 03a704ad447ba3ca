/** Column types as the drivers give and take them. */
import type { ColumnType } from 'kysely';

/** Drivers give `bigint` as a string. */
export type Time = ColumnType<string | number, number, number>;
export type MaybeTime = ColumnType<string | number | null, number | null, number | null>;
/** Written with `toJson`: a bare array would become a PostgreSQL array under `pg`. */
export type Json<T> = ColumnType<T, string, string>;
export type MaybeJson<T> = ColumnType<T | null, string | null, string | null>;
