import { z } from 'zod';
import type { Cursor } from '#src/core/signal.ts';
import { mark, markSize, readPairs } from '#src/sources/marks.ts';

const file = z.object({
  kind: z.enum(['index', 'pages', 'news']),
  validators: z
    .object({ etag: z.string().nullable(), lastModified: z.string().nullable(), since: z.number() })
    .nullable(),
  /** Of the last body. */
  hash: z.string(),
  /** Of an index: the files worth a look. */
  children: z.array(z.string()),
  /** Marks of what it listed: six letters for the address, six for its stamp. */
  recent: z.string(),
  /** Where its dates say nothing, marks of every address. */
  all: z.string(),
  /** The newest, to be looked at when they vanish. */
  young: z.array(z.object({ url: z.string(), at: z.number() })),
});

const shape = z.object({
  url: z.string(),
  /** The files found from the site's address, and when. */
  roots: z.array(z.string()),
  rootsAt: z.number(),
  files: z.record(z.string(), file),
});

export type FileState = z.output<typeof file>;
export type SitemapCursor = z.output<typeof shape>;

/** What was remembered of this address; another address, or a form not known any more, starts anew. */
export function readCursor(cursor: Cursor, url: string): SitemapCursor | null {
  const { data } = shape.safeParse(cursor);
  return data?.url === url ? data : null;
}

/** What all files listed when they were last read. */
export interface Known {
  stampOf(id: string): string | null;
  /** Also where its dates said nothing. */
  has(id: string): boolean;
}

export function knownOf(files: Iterable<FileState>): Known {
  const stamps = new Map<string, string>();
  const marks = new Set<string>();
  for (const { recent, all } of files) {
    readPairs(recent, stamps);
    for (let at = 0; at < all.length; at += markSize) marks.add(all.slice(at, at + markSize));
  }
  return {
    stampOf: (id) => stamps.get(mark(id)) ?? null,
    has: (id) => stamps.has(mark(id)) || marks.has(mark(id)),
  };
}
