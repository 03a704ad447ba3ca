/** A headline for a text that came without one. */
import { tidy } from '#src/core/text.ts';

const longest = 160;
const shortest = 15;

/** The lead's first clause as it stands: the whole first sentence, or up to the last comma that still fits. */
export function headlineFromLead(lead: string): string {
  const sentence = firstSentence(tidy(lead));
  if (sentence.length <= longest) return withoutStop(sentence);
  const comma = lastMatch(sentence, /[,،、，](?!\d)(?=\s|\P{ASCII}|$)/gu);
  if (comma !== null) return sentence.slice(0, comma);
  const space = lastMatch(sentence, /\s(?=\S)/gu) ?? longest;
  return `${sentence
    .slice(0, space)
    .toWellFormed()
    .replace(/\uFFFD$/, '')}…`;
}

// An abbreviation's full stop (`TP. Hồ Chí Minh`, `U.S. officials`) does not end a sentence: too little stands before it.
function firstSentence(text: string): string {
  const end = /[.!?;]["'”’»)]*\s+(?=["'“‘«(]*[\p{Lu}\p{Lo}\p{N}])|[。！？；؟؛۔।]/gu;
  for (const match of text.matchAll(end)) {
    const before = text.slice(0, match.index);
    if (before.length >= shortest && !/(?:^|[\s(])(?:\p{Lu}\p{L}{0,3}|\p{Lu}(?:\.\p{Lu})+)$/u.test(before))
      return before;
  }
  return text;
}

/** Where the last match stands that leaves a text neither too short nor too long, outside brackets and quotes. */
function lastMatch(text: string, pattern: RegExp): number | null {
  let last: number | null = null;
  for (const { index } of text.matchAll(pattern)) {
    if (index > longest) break;
    if (index >= shortest && !isInside(text.slice(0, index))) last = index;
  }
  return last;
}

function isInside(before: string): boolean {
  const count = (signs: RegExp) => before.match(signs)?.length ?? 0;
  return count(/[(“«「]/g) > count(/[)”»」]/g);
}

function withoutStop(text: string): string {
  return text.replace(/[.。;；,،]+$/u, '');
}
