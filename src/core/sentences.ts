/** Where sentences end, in newsroom texts. */

/** Where each sentence of a one-line text ends, the last at the text's end: a start up to one is whole sentences. */
export function sentenceEnds(text: string): number[] {
  const ends: number[] = [];
  for (const match of text.matchAll(ending)) {
    const end = match.index + match[0].length;
    if (end >= text.length || isEnd(text, match.index, end, match[0])) ends.push(end);
  }
  return text === '' || ends.at(-1) === text.length ? ends : [...ends, text.length];
}

/** Whether a sentence came to its end, closing marks aside: a feed's own cut (`…`) did not. */
export function isWhole(sentence: string): boolean {
  return /[.!?。！？؟۔।]["'”’»)\]」』]*$/u.test(sentence) && !/(\.\.\.|…|\[…\])["'”’»)\]]*$/u.test(sentence);
}

/** A run of end marks with what closes after them; the full-width ones need no space to follow. */
const ending = /[.!?…؟۔।]+["'”’»)\]]*(?=\s|$)|[。！？]+[」』”）]*/gu;

/** A full stop only ends a sentence when no abbreviation stands before it and no small letter follows. */
function isEnd(text: string, from: number, to: number, mark: string): boolean {
  const next = text.slice(to).trimStart();
  if (!mark.startsWith('.') || mark.startsWith('..')) return !/^[\p{Ll},;]/u.test(next) || /^[。！？]/u.test(mark);
  if (/^[\p{Ll},;]/u.test(next)) return false;
  const word = text.slice(0, from).match(/[\p{L}\p{M}\p{N}.-]+$/u)?.[0] ?? '';
  if (abbreviations.has(word.toLowerCase())) return false;
  // `PGS.TS.`, `U.S.`, an initial: short pieces with full stops between, before a capital or a number.
  return !/^(\p{Lu}\p{L}{0,3}\.)+\p{Lu}\p{L}{0,3}$/u.test(word) && !/^\p{Lu}$/u.test(word);
}

/** Titles and places that stand before a name; without the last full stop. */
const abbreviations = new Set(
  (
    'tp tx tt ts ths gs pgs bs ks cn nsnd nsưt lm ht đc tr gđ pgđ ubnd.tp q p h x st ' +
    'mr mrs ms dr prof st jr sr gen col sen rep gov inc ltd no vs'
  )
    .split(' ')
    .map((word) => word.normalize('NFC')),
);
