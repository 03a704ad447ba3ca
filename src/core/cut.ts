/** Shortening a text so that it still reads: whole sentences, else clauses, else words, never inside a character. */
import { clauseBreaks, graphemeBreaks, wordBreaks } from '#src/core/breaks.ts';
import { sentenceEnds } from '#src/core/sentences.ts';

export type Fits = (text: string) => boolean;

/** The longest start of `text` that fits, with `…` where it stops inside a sentence; empty when nothing worth reading does. */
export function cutText(text: string, fits: Fits): string {
  if (fits(text)) return text;
  const whole = longest(sentenceEnds(text), (end) => text.slice(0, end).trimEnd(), fits);
  return whole === '' ? cutSentence(text, fits) : whole;
}

/** The same within one sentence. */
export function cutSentence(text: string, fits: Fits): string {
  if (fits(text)) return text;
  const at = (end: number) => ended(text, end);
  const clauses = clauseBreaks(text);
  const words = wordBreaks(text);
  const clause = tidiest([clauses.tidy, clauses.all], at, fits);
  const worded = tidiest([words.tidy, words.all], at, fits);
  // A clause reads better than a few words more, unless most of the room were left empty.
  if (clause.length * 2 > worded.length) return clause;
  return worded === '' ? longest(graphemeBreaks(text), at, fits) : worded;
}

/** The first list's, unless it leaves half of the room empty that the next would fill. */
function tidiest(lists: readonly number[][], candidate: (end: number) => string, fits: Fits): string {
  const [tidy, any] = lists.map((ends) => longest(ends, candidate, fits));
  return tidy!.length * 2 > any!.length ? tidy! : any!;
}

/** Up to `end`, without what would hang there: blanks, commas, dashes, a bracket or quotation just opened. */
function ended(text: string, end: number): string {
  const kept = text
    .slice(0, end)
    .replace(/[\s,;:،؛、，；：–—([{（「『【《“„‘«‹-]+$/u, '')
    .replace(/\s["']$/u, '');
  return kept === '' ? '' : `${kept}…`;
}

/** The last of growing candidates that fits, by halving. */
function longest(ends: readonly number[], candidate: (end: number) => string, fits: Fits): string {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(candidate(ends[middle - 1]!))) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? '' : candidate(ends[low - 1]!);
}
