/** Where sentences end, in newsroom texts of any script. */
import { isAbbreviation } from '#src/core/abbreviations.ts';

/** Where each sentence of a one-line text ends, the last at the text's end: a start up to one is whole sentences. */
export function sentenceEnds(text: string, language = ''): number[] {
  const ends: number[] = [];
  const hasOrdinals = ordinals.has(language.toLowerCase().split('-')[0]!);
  for (const match of text.matchAll(ending)) {
    const end = match.index + match[0].length;
    const begin = ends.at(-1) ?? 0;
    if (end < text.length) {
      if (!isEnd(text, begin, match.index, end, match[0], hasOrdinals)) continue;
      if (isWithin(text, begin, end)) continue;
    }
    ends.push(end);
  }
  return text === '' || ends.at(-1) === text.length ? ends : [...ends, text.length];
}

/** Whether a sentence came to its end, closing marks aside: a feed's own cut (`…`) did not. */
export function isWhole(sentence: string): boolean {
  return (
    /[\p{Sentence_Terminal}]["'”’“»›)\]」』）]*$/u.test(sentence) && !/(\.\.\.|…|\[…\])["'”’»)\]]*$/u.test(sentence)
  );
}

/** A run of end marks with what closes after them; the full-width ones need no space to follow. */
const ending = /[。！？｡．]+["”’」』）)]*|[\p{Sentence_Terminal}…]+["'”’“»›)\]]*(?=\s|$)/gu;

/** Languages that write `3. Oktober`. */
const ordinals = new Set('de da nb nn no fi is cs sk hr sl sr et lv hu pl tr'.split(' '));

/** A full stop only ends a sentence when no abbreviation stands before it and no small letter follows. */
function isEnd(text: string, begin: number, from: number, to: number, mark: string, hasOrdinals: boolean): boolean {
  // `“……！”市长说。`, `「……。」と述べた。`: who said it belongs to what was said.
  if (/^[。！？｡．]/u.test(mark)) return !(/["”’」』]$/u.test(mark) && /^\p{L}/u.test(text.slice(to, to + 2)));
  const next = text.slice(to, to + 40).trimStart();
  if (/^["'“‘«(]*[\p{Ll},;]/u.test(next)) return false;
  if (!mark.startsWith('.') || mark.startsWith('..')) return true;
  // There a full stop only shortens a word: `20 พ.ย.`.
  if (/[\p{Script=Thai}\p{Script=Lao}]\p{M}*$/u.test(text.slice(Math.max(begin, from - 4), from))) return false;
  const word = text.slice(Math.max(begin, from - 40), from).match(/[\p{L}\p{M}\p{N}./-]+$/u)?.[0] ?? '';
  if (isAbbreviation(word) || letters.test(text.slice(Math.max(begin, from - 40), from))) return false;
  if (/^\p{N}{1,2}$/u.test(word)) {
    // A list's number, a day before its month, `25. 5. 2022`.
    const isFirst = text.slice(begin, from).trim() === word;
    return !(isFirst || hasOrdinals || /^\p{N}/u.test(next));
  }
  return true;
}

/** `z. B. u. a.`, `Dr. h. c.`, `Prof. Dr. rer. nat.`: set apart, each of them might be a word. */
const letters = /(?<!\p{L})\p{L}\.\s?\p{Ll}$|(?<!\p{L})(?:Dr|Prof|Dipl)\.(?:[\s-]?\p{Ll}{1,6}\.)*[\s-]?\p{Ll}{1,6}$/u;

const closers: Readonly<Record<string, string>> = {
  '“': '”',
  '«': '»',
  '「': '」',
  '『': '』',
  '(': ')',
  '（': '）',
  '‹': '›',
};

/** How far what was opened may run on: beyond it, its end was forgotten. */
const longestQuote = 1000;

/** Inside a quotation or brackets that close later. */
function isWithin(text: string, begin: number, end: number): boolean {
  let open: string | null = null;
  for (let at = begin; at < end; at++) {
    const character = text[at]!;
    if (open !== null) {
      if (character === open) open = null;
    } else if (character === '„') open = '“';
    else if (character === '"') open = '"';
    else open = closers[character] ?? null;
  }
  if (open === null) return false;
  const close = text.indexOf(open, end);
  return close !== -1 && close - end < longestQuote;
}
