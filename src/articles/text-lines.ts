/** A pasted text's lines: which are the story's, and what stands above and below it. */
import { boilerplateBlocks, isBoilerplate } from '#src/core/boilerplate.ts';
import { type Byline, readByline } from '#src/core/byline.ts';
import { readDate } from '#src/core/date.ts';
import { opensLead } from '#src/core/dateline.ts';
import type { Profile } from '#src/core/profile.ts';
import { endsSentence, isCapitals, textBlocks } from '#src/core/text.ts';

/** Paragraphs: one per line, except where an editor's or mail program's line breaks run through a block. */
export function textLines(text: string): string[] {
  return textBlocks(text).flatMap((lines) => (isWrapped(lines) ? [lines.join(' ')] : joinBroken(lines)));
}

function isWrapped(lines: readonly string[]): boolean {
  const lengths = lines.slice(0, -1).map((line) => line.length);
  if (lengths.length < 2) return false;
  const longest = Math.max(...lengths);
  return longest <= 110 && Math.min(...lengths) >= 50 && longest - Math.min(...lengths) <= 25;
}

function joinBroken(lines: readonly string[]): string[] {
  const joined: string[] = [];
  for (const line of lines) {
    const before = joined.at(-1);
    const goesOn = before !== undefined && before.length >= 40 && !endsSentence(before) && /^\p{Ll}/u.test(line);
    if (goesOn) joined[joined.length - 1] = `${before} ${line}`;
    else joined.push(line);
  }
  return joined;
}

const lastLines = 8;
const longestLeftover = 80;

/** Cuts boilerplate, the byline, and the short lines that follow it. */
export function takeEnding(all: readonly string[], profile: Profile) {
  const blocks = all.map((text) => ({ text, furniture: false }));
  const cut = boilerplateBlocks(blocks, profile.boilerplate);
  const lines = all.filter((_, index) => !cut.has(index));
  const boilerplate = all.filter((_, index) => cut.has(index));
  const from = findByline(lines, profile);
  if (from === null) return { lines, removed: boilerplate, byline: null };
  const { index, byline, count } = from;
  return { lines: lines.slice(0, index), removed: [...lines.slice(index + count), ...boilerplate], byline };
}

function findByline(
  lines: readonly string[],
  { byline: rules, boilerplate }: Profile,
): { index: number; byline: Byline; count: number } | null {
  for (let index = lines.length - 1; index >= Math.max(1, lines.length - lastLines); index -= 1) {
    const line = lines[index] ?? '';
    const read = (text: string | undefined) =>
      text === undefined ? null : readByline(text, rules, { bare: rules.bareNames });
    const byline = isBoilerplate(line, boilerplate) ? null : read(line);
    if (byline) {
      const before = index > 1 ? read(lines[index - 1]) : null;
      if (!before) return { index, byline, count: 1 };
      return {
        index: index - 1,
        count: 2,
        byline: {
          names: [...new Set([...before.names, ...byline.names])],
          photographers: [...before.photographers, ...byline.photographers],
          printed: `${before.printed} ${byline.printed}`,
        },
      };
    }
    // A sentence after it would belong to the story.
    if (line.length > longestLeftover || endsSentence(line)) return null;
  }
  return null;
}

const longestHeadline = 200;

/**
 * The first line is a headline when it is one short line without a full stop, followed by a blank line
 * and a text. It is a caption instead, and the text has no headline, where the lead right after it opens with
 * a bare dash (the rest of a tag: the copy began inside the story), or with a tag or time while the line
 * begins as captions do (`Đồng chí …`).
 */
export function findHeadline(lines: readonly string[], profile: Profile): string | null {
  const [first, second] = lines;
  if (first === undefined || second === undefined) return null;
  if (first.length > longestHeadline || /[.:;…]$/u.test(first)) return null;
  // A text that begins with its lead: no headline is as long as what follows, or has its tag.
  if (opensLead(first, profile.dateline) !== null) return null;
  if (!profile.captionLines || isCapitals(first)) return first;
  const opening = opensLead(second, profile.dateline);
  if (opening === 'dash') return null;
  return opening !== null && startsAsCaption(first, profile.captionOpeners) ? null : first;
}

/** Whether a line begins with one of the words captions begin with. */
export function startsAsCaption(line: string, openers: readonly string[]): boolean {
  const start = line.toLowerCase();
  return openers.some(
    (opener) => start.startsWith(opener.toLowerCase()) && !/^[\p{L}\p{M}]/u.test(line.slice(opener.length)),
  );
}

/** A line that only says when, year and all: `Thứ Hai, 23/11/2026 | 08:30`. */
export function isDateLine(line: string, zone: string): boolean {
  if (line.length > 60 || endsSentence(line) || readDate(line, zone) === null) return false;
  const words = line.match(/\p{L}{2,}/gu) ?? [];
  return words.length <= 6;
}
