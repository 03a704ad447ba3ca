/** Making texts safe to post: nothing unseen in them that could disguise a link or break a line. */

/**
 * NFC, well-formed, no control, bidi-control or zero-width characters but for the joiners that a script or an emoji
 * needs, and no towers of marks.
 */
export function safeText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u000B\u000C\u0085\u2028\u2029]/g, '\n')
    .replace(unseen, '')
    .replace(strayTag, '')
    .replace(strayJoiner, '')
    .normalize('NFC')
    .replace(marksOverLetter, '$1')
    .replace(marksOfScript, '$1');
}

/**
 * Controls but newline and tab; soft hyphen; bidi marks, overrides and isolates; zero-width space, word joiner, BOM;
 * letters that are blank; and U+E000–F8FF, which has no meaning of its own: the composer marks links with it.
 */
const unseen =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u061C\u115F\u1160\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB\uE000-\uF8FF]|\u034F|\u17B4|\u17B5/g;

/** Letters nobody sees, but in the flags that are made of them; and selectors behind what has no variants. */
const strayTag =
  /(?<!\u{1F3F4}[\u{E0020}-\u{E007E}]{0,12})[\u{E0000}-\u{E007F}]|(?<!\p{Script=Han})[\u{E0100}-\u{E01EF}]/gu;

/** A joiner that is not between the letters of a script that shapes them, nor in an emoji. */
const strayJoiner =
  /(?<![\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}])[\u200C\u200D]|[\u200C\u200D](?![\p{L}\p{M}\p{Extended_Pictographic}])/gu;

/** Beyond three on one letter no language goes with these; a tower of them covers what stands around. */
const marksOverLetter = /([\p{Script=Inherited}&&\p{M}]{3})[\p{Script=Inherited}&&\p{M}]+/gv;

/** Scripts that stack their own marks need more. */
const marksOfScript = /(\p{M}{12})\p{M}+/gu;

/** One line: every run of white space is one space. */
export function oneLine(text: string): string {
  return safeText(text).replace(/\s+/g, ' ').trim();
}

/** No blanks or separators left at line ends where a value is empty, one empty line at most between paragraphs, none at the ends. */
export function tidyLines(text: string): string {
  return text
    .replace(/^[^\S\n]*[|·][^\S\n]+|(?<![^\S\n])[^\S\n]+[|·][^\S\n]*$|^[|·]$/gm, '')
    .replace(/(?<![^\S\n])[^\S\n]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
