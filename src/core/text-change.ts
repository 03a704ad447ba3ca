/** How one text became another: by slips of writing, by other words, by other facts. */
import { tidy } from '#src/core/text.ts';

export type TextChange = 'none' | 'typo' | 'words' | 'facts' | 'words and facts';

/** More corrections than this in one text are a new version of it. */
const mostSlips = 8;
/** Beyond it words are only counted, not set against each other. */
const mostCompared = 600;
/** Characters: the beginning of what differs tells enough. */
const mostLooked = 30_000;

export function textChange(before: string, after: string): TextChange {
  const [old, now] = [tidy(before), tidy(after)];
  if (old === now) return 'none';
  const [gone, come] = differing(...changedPart(old, now));
  const facts = factsOf(gone) !== factsOf(come);
  const pairs = pairUp(gone, come);
  if (!facts && pairs !== null && pairs.length <= mostSlips && pairs.every(isSlip)) return 'typo';
  if (!facts) return 'words';
  return pairs?.every(([a, b]) => isSlip([a, b]) || isFact(a) || isFact(b)) ? 'facts' : 'words and facts';
}

/** Of two versions of a long text, the sentences that differ; what follows after this much is not looked at. */
function changedPart(before: string, after: string): [string, string] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  // Back to a sentence's beginning, and on to a word's end: cut inside, a word would look like another one.
  const sentence = before.slice(0, start).search(/[.!?…。！？]\s*[^.!?…。！？]*$/u);
  const from = Math.max(sentence, 0);
  const rest = before.slice(before.length - end);
  const boundary = rest.search(/[\s.,;:!?。、，！？]/u);
  const kept = boundary < 0 ? 0 : rest.length - boundary;
  const part = (text: string) => text.slice(from, text.length - kept).slice(0, mostLooked);
  return [part(before), part(after)];
}

interface Word {
  text: string;
  /** It begins a sentence, so that a capital there says nothing. */
  opens: boolean;
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** Words and numbers; marks and spaces between them are left out, and their change is a slip. */
function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let opens = true;
  // A segmenter cuts `1.250,5` and `29/11` as it likes.
  for (const part of text.split(/(\d[\d.,/:-]*\d|\d)/u)) {
    if (/^\d/.test(part)) {
      words.push({ text: part, opens: false });
      opens = false;
      continue;
    }
    for (const { segment, isWordLike } of segmenter.segment(part)) {
      if (isWordLike) {
        words.push({ text: segment, opens });
        opens = false;
      } else if (/[.!?…:。！？“"«(\n–—-]/u.test(segment)) opens = true;
    }
  }
  return words;
}

/** Without what they begin and end with alike. */
function differing(before: string, after: string): [Word[], Word[]] {
  const [a, b] = [wordsOf(before), wordsOf(after)];
  let start = 0;
  while (start < a.length && start < b.length && a[start]!.text === b[start]!.text) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end)!.text === b.at(-1 - end)!.text) end += 1;
  return [a.slice(start, a.length - end), b.slice(start, b.length - end)];
}

/** Numbers, dates and names, each as often as it stands there. */
function factsOf(words: readonly Word[]): string {
  return words
    .filter(isFact)
    .map(({ text }) => text.toLowerCase())
    .sort()
    .join(' ');
}

const numerals = /[\p{N}〇一二三四五六七八九十百千万億兆]/u;

function isFact({ text, opens }: Word): boolean {
  return numerals.test(text) || (!opens && /^\p{Lu}/u.test(text));
}

const none: Word = { text: '', opens: true };

/** What was put for what, where the words between stand in both; null for texts too different to say. */
function pairUp(gone: Word[], come: Word[]): [Word, Word][] | null {
  if (gone.length > mostCompared || come.length > mostCompared) return null;
  const stay = commonWords(gone, come);
  const pairs: [Word, Word][] = [];
  let [left, right] = [0, 0];
  for (const [nextLeft, nextRight] of [...stay, [gone.length, come.length] as const]) {
    const [out, into] = [gone.slice(left, nextLeft), come.slice(right, nextRight)];
    for (let index = 0; index < Math.max(out.length, into.length); index++) {
      pairs.push([out[index] ?? none, into[index] ?? none]);
    }
    [left, right] = [nextLeft + 1, nextRight + 1];
  }
  return pairs;
}

/** Places of the longest common sequence of words. */
function commonWords(a: Word[], b: Word[]): (readonly [number, number])[] {
  const width = b.length + 1;
  const best = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      best[i * width + j] =
        a[i]!.text === b[j]!.text
          ? best[(i + 1) * width + j + 1]! + 1
          : Math.max(best[(i + 1) * width + j]!, best[i * width + j + 1]!);
    }
  }
  const places: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i]!.text === b[j]!.text) places.push([i++, j++]);
    else if (best[(i + 1) * width + j]! >= best[i * width + j + 1]!) i += 1;
    else j += 1;
  }
  return places;
}

/** One word for another that is written almost like it; a word more or less is none. */
function isSlip([before, after]: [Word, Word]): boolean {
  if (isFact(before) || isFact(after))
    return before.text.toLowerCase() === after.text.toLowerCase() && !numerals.test(before.text);
  const [a, b] = [bare(before.text), bare(after.text)];
  if (a === '' || b === '') return false;
  if (a === b) return true;
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(a)) return false;
  return Math.max(a.length, b.length) >= 4 && distance(a, b) <= (Math.max(a.length, b.length) >= 8 ? 2 : 1);
}

/** Marks and capitals aside: they are what is most often forgotten. */
function bare(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd');
}

/** Of Levenshtein, with two letters that changed places counted once. */
function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i, ...Array<number>(b.length).fill(0)]);
  for (let j = 0; j <= b.length; j++) rows[0]![j] = j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      rows[i]![j] = Math.min(
        rows[i - 1]![j]! + 1,
        rows[i]![j - 1]! + 1,
        rows[i - 1]![j - 1]! + Number(a[i - 1] !== b[j - 1]),
        isSwap ? rows[i - 2]![j - 2]! + 1 : Number.POSITIVE_INFINITY,
      );
    }
  }
  return rows[a.length]![b.length]!;
}
