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

const shape = z.object({
  url: z.string(),
  validators: z
    .object({ etag: z.string().nullable(), lastModified: z.string().nullable(), since: z.number() })
    .nullable(),
  /** Of the last body. */
  hash: z.string(),
  /** In the feed's order, as last listed. */
  listed: z.array(entry),
  /** Listed once, newest first. */
  earlier: z.array(entry),
});

export type KnownEntry = z.output<typeof entry>;
export type FeedCursor = z.output<typeof shape>;

/** What was remembered of this address; another address, or a form not known any more, starts anew. */
export function readCursor(cursor: Cursor, url: string): FeedCursor | null {
  const { data } = shape.safeParse(cursor);
  return data?.url === url ? data : null;
}
