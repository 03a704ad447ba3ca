/** Where a sentence may be broken off, in UTF-16 units, ascending. */
import { isAbbreviation } from '#src/core/abbreviations.ts';
import { graphemesOf } from '#src/core/length.ts';

export interface Breaks {
  /** Those at which nothing is left open and no name is cut in two. */
  tidy: number[];
  all: number[];
}

/** Before marks between clauses; in scripts that write words together, before blanks too, but for those around a number. */
export function clauseBreaks(text: string): Breaks {
  const found = places(
    text,
    isSpaceless(text)
      ? /[,;:–—](?=\s)|[、，；：،؛]|(?<![\s\p{N}])\s+(?!\p{N})/gu
      : /[,;:–—](?=\s)|[、，；：،؛]|\s[–-](?=\s)/gu,
  );
  const all = found.filter((at) => !isInNumber(text, at));
  return { tidy: closed(text, all), all };
}

/** Between words, but not between what belongs together: a number and its unit, a title and its name. */
export function wordBreaks(text: string): Breaks {
  const spaces = places(text, /\s+/gu).filter((at) => belongApart(text, at));
  const all = isSpaceless(text) ? [...new Set([...spaces, ...unspacedWords(text)])].sort((a, b) => a - b) : spaces;
  return {
    tidy: closed(
      text,
      all.filter((at) => !isPoorEnd(text, at)),
    ),
    all,
  };
}

/** Between characters as readers see them, but not inside a number. */
export function graphemeBreaks(text: string): number[] {
  let at = 0;
  const ends = graphemesOf(text).map((character) => (at += character.length));
  return ends.slice(0, -1).filter((end) => !isInNumber(text, end));
}

function places(text: string, pattern: RegExp): number[] {
  return [...text.matchAll(pattern)].map((match) => match.index).filter((at) => at > 0);
}

const spaceless =
  /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

function isSpaceless(text: string): boolean {
  return spaceless.test(text);
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** Word ends in scripts that write without spaces; elsewhere none: half an address is no word. */
function unspacedWords(text: string): number[] {
  return [...segmenter.segment(text)]
    .map(({ index }) => index)
    .filter((at) => {
      if (at === 0 || isInNumber(text, at) || /\p{N}/u.test(text[at - 1]!)) return false;
      const [before, after] = [lastCharacter(text, at), String.fromCodePoint(text.codePointAt(at)!)];
      return spaceless.test(before) && !/[\p{Pe}\p{Pf}\p{Po}ー々ๆ]/u.test(after);
    });
}

function lastCharacter(text: string, at: number): string {
  return [...text.slice(Math.max(0, at - 2), at)].at(-1) ?? '';
}

/** Between two digits, whatever joins them: `1.484`, `25/5/2022`, `7:30`. */
function isInNumber(text: string, at: number): boolean {
  return (
    /\p{N}[.,:/%\s–-]{0,3}$/u.test(text.slice(Math.max(0, at - 5), at)) &&
    /^[.,:/\s–-]{0,3}\p{N}/u.test(text.slice(at, at + 5))
  );
}

function belongApart(text: string, at: number): boolean {
  if (isInNumber(text, at)) return false;
  const [before, after] = [wordBefore(text, at), wordAfter(text, at)];
  if (/^[\p{Pe}\p{Pf}%‰°]/u.test(after)) return false;
  if (before.endsWith('.') && isAbbreviation(before.slice(0, -1).replace(/^[\p{Ps}\p{Pi}"']+/u, ''))) return false;
  if (/^[\p{Sc}\p{N}]/u.test(after) && /(^|[\p{Sc}№])$|^(số|no\.?|nr\.?|n°|khoản|điều|usd|vnd|eur|gbp)$/iu.test(before))
    return false;
  // A whole date stands by itself; any other number waits for what it counts.
  if (/\p{N}$/u.test(before)) return /\p{N}[/.-]\p{N}{1,2}[/.-]\p{N}{2,4}$/u.test(before);
  return !(sizes.test(before) && /\p{N}$/u.test(wordBefore(text, at - before.length - 1)));
}

/** Words of size between a number and its unit. */
const sizes =
  /^(trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ|phần|hundred|thousand|million|billion|per|mille|millions?|milliards?|tausend|millionen|milliarden?|mil|millones|milhões|тысяч|миллион\p{L}*|миллиард\p{L}*)$/iu;

/** Inside a name, or at a word that only leads to the next. */
function isPoorEnd(text: string, at: number): boolean {
  const [before, after] = [wordBefore(text, at), wordAfter(text, at)];
  if (leadsOn(text, at) || introducing.has(before.toLowerCase())) return true;
  return /^\p{Lu}[\p{L}\p{M}]*$/u.test(before) && /^\p{Lu}/u.test(after) && !text.startsWith(before);
}

/** The word before only leads to the next. */
export function leadsOn(text: string, at: number): boolean {
  return joining.has(wordBefore(text, at).toLowerCase());
}

const joining = new Set(
  (
    'và của với tại ở cho là các những một trong từ đến tới về theo do bởi vì được bị khi để trên dưới hay hoặc nhưng mà cùng như ' +
    'a an the of and or but to in on at by for with from as is are was were has have had that which who ' +
    'le la les un une des de du et ou à au aux en dans par pour sur que qui der die das den dem ein eine und oder von zu mit im am für ' +
    'el los las una y o del al por para con que il lo gli di da e os um uma и в на с по от для'
  ).split(' '),
);

/** Before a name or a number: what they are. */
const introducing = new Set(
  (
    'ngày tháng năm lúc khoảng hơn gần số tổng mức vốn phí ông bà anh chị đồng chí xã phường huyện tỉnh thành thị quận thôn bản ấp vào ra ' +
    'its their his her mr mrs ms dr no about some'
  ).split(' '),
);

function wordBefore(text: string, at: number): string {
  return /\S*$/u.exec(text.slice(Math.max(0, at - 40), Math.max(0, at)))![0];
}

function wordAfter(text: string, at: number): string {
  return /^\s*(\S*)/u.exec(text.slice(at, at + 60))![1]!;
}

const pairs: Readonly<Record<string, string>> = {
  '(': ')',
  '[': ']',
  '{': '}',
  '（': '）',
  '【': '】',
  '《': '》',
  '「': '」',
  '『': '』',
  '“': '”',
  '«': '»',
  '‹': '›',
  '„': '“',
};

/** Those places at which every bracket and quotation that was opened is closed. */
function closed(text: string, ends: readonly number[]): number[] {
  const waiting: string[] = [];
  let from = 0;
  return ends.filter((end) => {
    for (; from < end; from++) {
      const character = text[from]!;
      if (character === waiting.at(-1)) waiting.pop();
      else if (character === '"') waiting.push('"');
      else if (pairs[character]) waiting.push(pairs[character]);
    }
    return waiting.length === 0;
  });
}
