import { z } from 'zod';
import type { Cursor } from '#src/core/signal.ts';

const entry = z.object({
  id: z.string(),
  stamp: z.string(),
  url: z.string().nullable(),
  title: z.string().nullable(),
  /** Publication in milliseconds; null when it is not known exactly. */
  at: z.number().nullable(),
});

/** Looked into only where the feed changed: that is rare, and they are many. */
const entries = z.custom<KnownEntry[]>(Array.isArray);

const shape = z.object({
  /** As in the settings. */
  url: z.string(),
  validators: z
    .object({ etag: z.string().nullable(), lastModified: z.string().nullable(), since: z.number() })
    .nullable(),
  /** Of the last body. */
  hash: z.string(),
  /** In the feed's order, as last listed. */
  listed: entries,
  /** Listed once, those that left last at the end. */
  earlier: entries,
  /** Where it says it has moved for good, and how often in a row. */
  moved: z.object({ to: z.string(), seen: z.number() }).nullable().default(null),
  /** How often in a row it had to be salvaged. */
  salvaged: z.number().default(0),
  /** How often it is worth a look. */
  pace: z
    .object({
      own: z.boolean(),
      zone: z.string(),
      gap: z.number().nullable(),
      busyHours: z.array(z.number()),
      atLeast: z.number(),
      skipHours: z.array(z.number()),
      skipDays: z.array(z.number()),
    })
    .nullable()
    .default(null),
});

export type KnownEntry = z.output<typeof entry>;
export type FeedCursor = z.output<typeof shape>;
export type Known = Pick<FeedCursor, 'listed' | 'earlier'>;

/** What was remembered of this address; another address, or a form not known any more, starts anew. */
export function readCursor(cursor: Cursor, url: string): FeedCursor | null {
  const { data } = shape.safeParse(cursor);
  return data?.url === url ? data : null;
}

/** The cursor's entries, each looked at; null where they are not as they should be. */
export function knownEntries(cursor: FeedCursor | null): Known | null {
  const { data } = z.object({ listed: z.array(entry), earlier: z.array(entry) }).safeParse(cursor);
  return data ?? null;
}
