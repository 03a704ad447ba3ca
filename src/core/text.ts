/** Plain text: one form of the same letters, spaces and capitals. */

const complexScripts = '\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';
// A zero-width space marks word ends in these scripts; anywhere else it is a leftover of copying.
const strayZeroWidthSpace = new RegExp(`\\u200B(?<![${complexScripts}]\\u200B)|\\u200B(?![${complexScripts}])`, 'gu');
// U+202D and U+202E turn the reading direction of what follows, a known way to disguise a text.
const invisible = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFEFF\u00AD\u202D\u202E]/g;
// The two joiners belong between letters (Persian, Indic), after a mark that silences a vowel, and in emoji.
const strayJoiner =
  /[\u200C\u200D](?<![\p{L}\p{M}][\u200C\u200D](?=[\p{L}\p{M}])|\p{M}[\u200C\u200D]|(?:[\p{Extended_Pictographic}\p{Emoji_Modifier}]|\uFE0F)\u200D(?=\p{Extended_Pictographic}))/gu;

/** Composed letters, no control characters, no stray invisible ones; line breaks as `\n`. */
export function cleanText(text: string): string {
  if (!/[^\n\u0020-\u007E]/.test(text)) return text;
  const plain = text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(invisible, '')
    .normalize('NFC');
  // Rare, and slow to look for by what stands around them.
  if (!/[\u200B-\u200D]/.test(plain)) return plain;
  return plain.replace(strayZeroWidthSpace, '').replace(strayJoiner, '').normalize('NFC');
}

/** `cleanText` on one line: every run of white space is one space, none at the ends. */
export function tidy(text: string): string {
  const clean = cleanText(text).trim();
  return /\s\s|[^\S ]/.test(clean) ? clean.replace(/\s+/g, ' ') : clean;
}

/** The text's blocks, as blank lines part them, each with its lines. */
export function textBlocks(text: string): string[][] {
  return cleanText(text)
    .split(/\n[^\S\n]*\n/)
    .map((block) => block.split('\n').map(tidy).filter(Boolean))
    .filter((lines) => lines.length > 0);
}

/** Whether a text has letters and all of them are capitals (scripts without capitals: false). */
export function isCapitals(text: string): boolean {
  return /\p{Lu}/u.test(text) && !/\p{Ll}/u.test(text);
}

/** `NGUYỄN THỊ A-B` -> `Nguyễn Thị A-B`. */
export function titleCase(text: string): string {
  return text
    .toLowerCase()
    .replace(/(?<![\p{L}\p{M}\p{N}])\p{L}|(?<=[’']\s?)\p{L}(?=\p{L}{2})/gu, (letter) => letter.toUpperCase());
}

/** Whether the block ends as a sentence does, in any script, closing quotes and brackets aside. */
export function endsSentence(text: string): boolean {
  return /[\p{Sentence_Terminal}…;:။၊;]["'”’»)\]】」』]*$/u.test(text.trim());
}

/** Whether a block reads as a whole sentence; some scripts end theirs with no sign. */
export function readsAsSentence(text: string): boolean {
  if (endsSentence(text)) return true;
  const letters = text.match(new RegExp(`[${complexScripts}]`, 'gu'))?.length ?? 0;
  return letters >= 40 && letters * 2 > text.length;
}

/** A phrase as a pattern: letters literal, any white space alike, `…` standing for a few words. */
export function phrasePattern(phrase: string): string {
  return tidy(phrase)
    .split(' ')
    .map((word) => (word === '…' || word === '...' ? '\\S+(?:\\s+\\S+){0,4}?' : RegExp.escape(word)))
    .join('\\s+');
}
