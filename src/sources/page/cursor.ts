import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Cursor } from '#src/core/signal.ts';
import { mark, readPairs } from '#src/sources/marks.ts';
import type { PageSourceSettings } from '#src/sources/page/settings.ts';

const list = z.object({
  /** Of the settings it was read by. */
  by: z.string(),
  validators: z
    .object({ etag: z.string().nullable(), lastModified: z.string().nullable(), since: z.number() })
    .nullable(),
  /** Of the last body. */
  hash: z.string(),
  /** In the list's order. */
  listed: z.array(z.object({ id: z.string(), url: z.string(), stamp: z.string() })),
});

const shape = z.object({
  askedAt: z.number(),
  lists: z.record(z.string(), list),
  /** Marks of what was listed once, newest first; six letters for the address, six for its stamp. */
  earlier: z.string(),
});

export type ListState = z.output<typeof list>;
export type PageCursor = z.output<typeof shape>;

const mostEarlier = 5000 * 12;

/** A form not known any more starts anew; another list or selector does not: what was seen stays seen. */
export function readCursor(cursor: Cursor): PageCursor | null {
  return shape.safeParse(cursor).data ?? null;
}

/** What a list's body is read by: with other settings the same bytes say something else. */
export function readBy({ links, title, date }: PageSourceSettings): string {
  return createHash('sha256')
    .update(JSON.stringify([links, title, date]))
    .digest('hex')
    .slice(0, 8);
}

/** The stamps of everything seen, by the mark of its id. */
export function knownOf({ lists, earlier }: PageCursor): ReadonlyMap<string, string> {
  const known = readPairs(earlier);
  for (const { listed } of Object.values(lists)) for (const { id, stamp } of listed) known.set(mark(id), stamp);
  return known;
}

/** What is listed no more joins what was listed once. */
export function earlierOf(before: PageCursor | null, lists: Readonly<Record<string, ListState>>): string {
  if (!before) return '';
  const present = new Set(Object.values(lists).flatMap(({ listed }) => listed.map(({ id }) => mark(id))));
  const left = Object.values(before.lists)
    .flatMap(({ listed }) => listed.map(({ id, stamp }) => [mark(id), stamp] as const))
    .filter(([id]) => !present.has(id));
  const newer = new Map(left);
  const older = [...readPairs(before.earlier)].filter(([id]) => !present.has(id) && !newer.has(id));
  return [...newer, ...older]
    .map(([id, stamp]) => id + stamp)
    .join('')
    .slice(0, mostEarlier);
}
