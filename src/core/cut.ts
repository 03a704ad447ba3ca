/** Shortening a text so that it still reads: whole sentences, else clauses, else words, never inside a character. */
import { graphemesOf } from '#src/core/length.ts';
import { sentenceEnds } from '#src/core/sentences.ts';

export type Fits = (text: string) => boolean;

/** The longest start of `text` that fits, with `…` where it stops inside a sentence; empty when nothing worth reading does. */
export function cutText(text: string, fits: Fits): string {
  if (fits(text)) return text;
  const ends = sentenceEnds(text);
  const whole = longest(ends.length, (count) => text.slice(0, ends[count - 1]).trimEnd(), fits);
  if (whole !== '') return whole;
  return cutSentence(text, fits);
}

/** The same within one sentence. */
export function cutSentence(text: string, fits: Fits): string {
  if (fits(text)) return text;
  const clauses = breaks(text, /[,;:–—](?=\s)|\s[–-](?=\s)/gu);
  const clause = longest(clauses.length, (count) => ended(text, clauses[count - 1]!), fits);
  const spaces = breaks(text, /\s+/gu);
  const worded = longest(spaces.length, (count) => ended(text, spaces[count - 1]!), fits);
  // A clause reads better than a few words more, unless most of the room were left empty.
  if (clause.length * 2 > worded.length) return clause;
  if (worded !== '') return worded;
  const unspaced = unspacedWords(text);
  const short = longest(unspaced.length, (count) => ended(text, unspaced[count - 1]!), fits);
  if (short !== '') return short;
  const characters = graphemesOf(text);
  return longest(characters.length - 1, (count) => `${characters.slice(0, count).join('').trimEnd()}…`, fits);
}

/** Where the text may stop, in UTF-16 units. */
function breaks(text: string, pattern: RegExp): number[] {
  return [...text.matchAll(pattern)].map((match) => match.index).filter((at) => at > 0);
}

/** Word ends in scripts that write without spaces; elsewhere none: half an address is no word. */
function unspacedWords(text: string): number[] {
  if (!/[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Han}\p{Script=Hiragana}]/u.test(text))
    return [];
  return [...words.segment(text)].map(({ index }) => index).filter((at) => at > 0);
}

const words = new Intl.Segmenter(undefined, { granularity: 'word' });

function ended(text: string, at: number): string {
  return `${text.slice(0, at).replace(/[\s,;:–—-]+$/u, '')}…`;
}

/** The last of `count` growing candidates that fits, by halving. */
function longest(count: number, candidate: (count: number) => string, fits: Fits): string {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(candidate(middle))) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? '' : candidate(low);
}
