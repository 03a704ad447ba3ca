import { z } from 'zod';
import type { Cursor } from '#src/core/signal.ts';
import { watchState } from '#src/sources/cms/watch.ts';

const shape = z.object({
  url: z.string(),
  /** Where the API is; null before it was found. */
  api: z.string().nullable(),
  state: watchState.nullable(),
  /** The cursor of the site's feed while the API is closed. */
  feed: z.record(z.string(), z.unknown()).nullable(),
  feedPolls: z.number(),
  /** How many looks in a row found closed what was open. */
  closedPolls: z.number(),
});

export type WordpressCursor = z.output<typeof shape>;

/** What was remembered of this site; another one, or a form not known any more, starts anew. */
export function readCursor(cursor: Cursor, url: string): WordpressCursor {
  const { data } = shape.safeParse(cursor);
  return data?.url === url ? data : { url, api: null, state: null, feed: null, feedPolls: 0, closedPolls: 0 };
}
