/** What a request accepts and what it has already (RFC 9110, 12.5.3 and 13.1). */
import type { FeedEncoding } from '#src/core/feed-file.ts';

/** The best form of the bytes: Brotli, gzip or as they are. */
export function chooseEncoding(acceptEncoding = ''): FeedEncoding {
  const known = chosen.get(acceptEncoding);
  if (known) return known;
  const encoding = bestEncoding(acceptEncoding);
  // There are a few dozen programs that read feeds, and whoever makes up more gains nothing by it.
  if (chosen.size < 200 && acceptEncoding.length < 100) chosen.set(acceptEncoding, encoding);
  return encoding;
}

const chosen = new Map<string, FeedEncoding>();

function bestEncoding(acceptEncoding: string): FeedEncoding {
  const weights = new Map<string, number>();
  for (const part of acceptEncoding.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim());
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    const value = weight === undefined ? 1 : Number(weight);
    if (name !== '') weights.set(name, Number.isNaN(value) ? 0 : value);
  }
  const weightOf = (name: string) => weights.get(name) ?? weights.get('*') ?? 0;
  const [br, gzip] = [weightOf('br'), Math.max(weightOf('gzip'), weights.get('x-gzip') ?? 0)];
  // As it is counts for 1 only where the reader says so: most list what they can decode and mean it.
  const identity = weights.get('identity') ?? 0;
  if (br > 0 && br >= gzip && br >= identity) return 'br';
  return gzip > 0 && gzip >= identity ? 'gz' : 'raw';
}

export interface Conditions {
  ifNoneMatch: string | undefined;
  ifModifiedSince: string | undefined;
}

/** Whether a 304 is the answer; an entity tag in the request makes its date count for nothing. */
export function isUnchanged(conditions: Conditions, etag: string, lastModified: string | null): boolean {
  const { ifNoneMatch, ifModifiedSince } = conditions;
  if (ifNoneMatch !== undefined) {
    if (ifNoneMatch === etag) return true;
    // Weak comparison: a cache may have made our tag weak, strong or marked it with an encoding.
    const tags = ifNoneMatch.match(/(?:W\/)?"[^"]*"|\*/g) ?? [];
    return tags.some((tag) => tag === '*' || bare(tag) === bare(etag));
  }
  if (ifModifiedSince === undefined || lastModified === null) return false;
  const since = Date.parse(ifModifiedSince);
  return !Number.isNaN(since) && Date.parse(lastModified) <= since;
}

const bare = (tag: string) => tag.replace(/^W\//, '').replace(/-(gzip|br)"$/, '"');
