/** Values on their way into the database and back. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';

/** Most bytes of a text in an index entry; PostgreSQL refuses entries beyond 2,704 bytes. */
const indexBytes = 500;

/** Without what PostgreSQL refuses in texts: U+0000 and halves of surrogate pairs. */
export function clean(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

export function cleanOrNull(text: string | null): string | null {
  return text === null ? null : clean(text);
}

/** For `jsonb` columns, cleaned throughout. */
export function toJson(value: unknown): string {
  return JSON.stringify(value ?? null, (_key, part: unknown) => {
    if (typeof part === 'string') return clean(part);
    if (part === null || typeof part !== 'object' || Array.isArray(part)) return part;
    if (Object.keys(part).every((key) => key === clean(key))) return part;
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [clean(key), inner]));
  });
}

/** An outside id or address as it is looked up: itself, or its digest where it would not fit into an index. */
export function indexKey(text: string): string {
  const cleaned = clean(text);
  if (Buffer.byteLength(cleaned) <= indexBytes) return cleaned;
  return `sha256-${createHash('sha256').update(cleaned).digest('hex')}`;
}

/** Same for texts that differ only in case or Unicode form. */
export function fold(text: string): string {
  return clean(text).normalize('NFC').trim().toLowerCase();
}

export function toMs(value: string | number): number {
  return Number(value);
}

export function toMsOrNull(value: string | number | null): number | null {
  return value === null ? null : Number(value);
}

export function toIso(value: string | number): string {
  return new Date(Number(value)).toISOString();
}

/** Milliseconds of an ISO 8601 instant; null for none and for one that is none. */
export function parseTime(iso: string | null): number | null {
  const time = iso === null ? Number.NaN : Date.parse(iso);
  return Number.isNaN(time) ? null : time;
}

/** For `=`: any of these, as one parameter however many they are. */
export function anyOf(values: readonly string[]) {
  return sql<string>`any(${values}::text[])`;
}
