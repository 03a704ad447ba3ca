import { z } from 'zod';
import type { Cursor } from '#src/core/signal.ts';
import { watchState } from '#src/sources/cms/watch.ts';

const shape = z.object({ url: z.string(), state: watchState.nullable() });

export type GhostCursor = z.output<typeof shape>;

/** What was remembered of this site; another one, or a form not known any more, starts anew. */
export function readCursor(cursor: Cursor, url: string): GhostCursor {
  const { data } = shape.safeParse(cursor);
  return data?.url === url ? data : { url, state: null };
}
