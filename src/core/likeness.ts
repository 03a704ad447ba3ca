/** How much two headlines, or two texts, have in common; by characters, so that it serves every script alike. */

/** Letters and digits alone, in one form: what stays of a text whatever its markup, quotes, spaces and capitals. */
export function foldLetters(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '');
}

/** From 0, nothing in common, to 1; by pairs of characters (Dice). */
export function headlineLikeness(a: string, b: string): number {
  const [x, y] = [foldLetters(a), foldLetters(b)];
  if (x === y) return x === '' ? 0 : 1;
  const pairs = [shingles(x, 2), shingles(y, 2)] as const;
  const size = pairs[0].size + pairs[1].size;
  return size === 0 ? 0 : (2 * shared(...pairs)) / size;
}

export interface TextLikeness {
  /** Of all that stands in either, how much stands in both: 0 to 1. */
  alike: number;
  /** How much of the shorter one stands in the longer one: a summary in its article has 1. */
  held: number;
  /** Both are long enough to say anything. */
  tells: boolean;
}

/** Beyond it a text is not looked at; the beginnings of two stories tell enough. */
const mostLetters = 20_000;
const fewestLetters = 60;

export function textLikeness(a: string, b: string): TextLikeness {
  const [x, y] = [textShingles(a), textShingles(b)];
  const both = shared(x, y);
  const smaller = Math.min(x.size, y.size);
  return {
    alike: both / Math.max(x.size + y.size - both, 1),
    held: both / Math.max(smaller, 1),
    tells: smaller >= fewestLetters,
  };
}

const bins = 32;
const rows = 4;
const fewestForBands = 150;

/**
 * Short marks of a text: two texts of which nine tenths are the same share one with near certainty, two that have
 * little in common hardly ever (one-permutation minhash in bands). None for a text that is short.
 */
export function textBands(text: string): string[] {
  const all = textShingles(text);
  if (all.size < fewestForBands) return [];
  const least = new Uint32Array(bins).fill(0xffffffff);
  for (const hash of all) {
    const bin = hash % bins;
    const rest = mix(hash);
    if (rest < least[bin]!) least[bin] = rest;
  }
  return Array.from({ length: bins / rows }, (_, band) => {
    const values = least.subarray(band * rows, (band + 1) * rows);
    return `${band}.${[...values].reduce((hash, value) => mix(hash ^ value), 0x9e3779b9).toString(36)}`;
  });
}

function textShingles(text: string): Set<number> {
  const folded = foldLetters(text.slice(0, mostLetters * 2)).slice(0, mostLetters);
  // A sign of these scripts says as much as half a word of others.
  const dense = folded.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu)?.length ?? 0;
  return shingles(folded, dense * 2 > folded.length ? 3 : 6);
}

/** Hashes (FNV-1a) of every run of `width` characters. */
function shingles(text: string, width: number): Set<number> {
  const found = new Set<number>();
  for (let at = 0; at + width <= text.length; at++) {
    let hash = 0x811c9dc5;
    for (let next = at; next < at + width; next++) hash = Math.imul(hash ^ text.charCodeAt(next), 0x01000193);
    found.add(hash >>> 0);
  }
  return found;
}

function shared(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  let count = 0;
  for (const hash of small) if (large.has(hash)) count += 1;
  return count;
}

/** Spreads a hash over all its bits (the finisher of MurmurHash 3). */
function mix(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
