/** A post of a content management system in the article's words, and the reference that tells of it. */
import { createHash } from 'node:crypto';
import type { Hints } from '#src/core/raw-article.ts';
import type { ArticleRef } from '#src/core/signal.ts';
import { cleanText, tidy } from '#src/core/text.ts';
import { absoluteUrl } from '#src/markup/html-text.ts';

export interface CmsPost {
  /** The system's own; constant over edits and renames. */
  id: string;
  url: string | null;
  /** When it was last edited, milliseconds; 0 where it is not said. */
  modified: number;
  /** Milliseconds; 0 where it is not said. */
  published: number;
  hints: Hints;
  /** Only told of, not yet asked for: the answer with all of it was too long. */
  brief?: boolean;
}

/** Of a post that is read: all of it, or its id where it is too long to be stored twice. */
export type PostPayload = { url: string | null; hints: Hints } | { id: string } | { id: string; told: boolean };

/** References are stored until they are read; what is longer is asked for again. */
const largestPayload = 64 * 1024;

export function changedRef(post: CmsPost, stamp: string): ArticleRef {
  const whole: PostPayload = { url: post.url, hints: post.hints };
  const isShort = !post.brief && JSON.stringify(whole).length <= largestPayload;
  const payload: PostPayload = isShort ? whole : { id: post.id };
  const title = post.hints.headline?.slice(0, 200) ?? null;
  const asOf = post.modified > 0 ? { asOf: post.modified } : {};
  return { externalId: externalId(post.id), url: post.url, title, stamp, ...asOf, sign: 'changed', payload };
}

/** `toldOf`: the system itself said so, of this time (0: of none); null: it was only missed. */
export function goneRef(id: string, stamp: string, toldOf: number | null): ArticleRef {
  const payload: PostPayload = { id, told: toldOf !== null };
  const asOf = toldOf ? { asOf: toldOf } : {};
  return { externalId: externalId(id), url: null, title: null, stamp, ...asOf, sign: 'gone', payload };
}

export const externalId = (id: string): string => `post:${id}`;

/** A page's address; null for anything that is none. */
export function pageAddress(link: string | null | undefined): string | null {
  const url = absoluteUrl(link, null);
  return url?.startsWith('http') ? url : null;
}

/** JSON may hold what no page can: lone surrogates, control characters, letters in pieces. */
export function cleanHints(hints: Hints): Hints {
  return cleanStrings(hints) as Hints;
}

function cleanStrings(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(cleanStrings);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cleanStrings(inner)]));
}

/** Of all a reader sees; the times of edits change without one. */
export function contentStamp({ url, hints, brief, modified }: CmsPost): string {
  const { updatedAt: _touched, ...said } = hints;
  const entries = Object.entries(said).sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = JSON.stringify([url, brief ? modified : null, ...entries]);
  return createHash('sha256').update(tidy(parts)).digest('hex').slice(0, 24);
}
