/** Captions: the owner's name is told apart from what the photo shows. */
import { creditPatterns } from '#src/core/credit-patterns.ts';
import type { Profile } from '#src/core/profile.ts';
import { tidy } from '#src/core/text.ts';

/** What an editing system prints where nobody wrote a caption. */
const placeholder =
  /^\[?\s*(?:nhập chú thích(?: ảnh)?|chú thích ảnh|(?:enter|add|write|type) (?:a )?caption(?: \((?:optional|không bắt buộc)\))?|caption|no caption|image|photo|ảnh)\s*\]?$/iu;
/** Longer is a sentence, not a name. */
const longestCredit = 80;
/** A credit stands in the last letters; the rest is never searched. */
const tail = 160;
/** A photographer's and an agency's, each after a word of its own. */
const mostCredits = 2;

export interface Caption {
  /** What the photo shows; null when nothing is said. */
  caption: string | null;
  credit: string | null;
}

/** `Hội nghị sáng nay. (Ảnh: Thu Hà)` -> caption `Hội nghị sáng nay.`, credit `Thu Hà`. */
export function readCaption(printed: string, rules: Profile['credit']): Caption {
  const line = tidy(printed).replace(/(?<=\p{L}) [\w.+-]{1,40}@[\w.-]{3,40}$/u, '');
  const first = leadingCredit(line, rules);
  const credits: string[] = first ? [first.credit] : [];
  let text = first ? first.rest : line;
  while (text !== '' && credits.length < mostCredits) {
    const split = splitCredit(text, rules);
    if (!split) break;
    if (!credits.some((known) => known.includes(split.credit))) credits.unshift(split.credit);
    text = split.rest;
  }
  // `▲` points at the photo above.
  const caption = placeholder.test(text) ? '' : text.replace(/^[▲▼△▽◀▶◁▷◄►↑↓]\s*/u, '');
  return { caption: caption || null, credit: credits.join(' / ') || null };
}

/** `Ảnh: Minh Tú. The bridge at dawn`: the name first. */
function leadingCredit(text: string, { prefixes }: Profile['credit']): { rest: string; credit: string } | null {
  const start = text.slice(0, longestCredit);
  const prefix = prefixes.find((each) => new RegExp(`^${RegExp.escape(each)}\\s*[:：]`, 'iu').test(start));
  if (prefix === undefined) return null;
  const match =
    /^[^:：]+[:：]\s*(?<name>\p{Lu}[\p{L}\p{M}.’'-]*(?:\s\p{Lu}[\p{L}\p{M}’'-]*){0,4}(?:\s?\/\s?[\p{L} ]{2,20})?)(?:\.\s+|\s[|–—-]\s)(?=\p{Lu})/u.exec(
      start,
    );
  const rest = match ? text.slice(match[0].length) : '';
  return match && rest.split(' ').length >= 4 ? { rest, credit: match.groups?.['name'] ?? '' } : null;
}

function splitCredit(text: string, rules: Profile['credit']): { rest: string; credit: string } | null {
  const start = Math.max(0, text.length - tail);
  const end = text.slice(start);
  for (const pattern of creditPatterns(rules.prefixes)) {
    const match = pattern.exec(end);
    const credit = trimName(match?.groups?.['name'] ?? '');
    // `(Courtesy photo)`: all of it is the credit.
    if (match && /^(?:photos?|image|picture)$/i.test(credit))
      return { rest: trimSides(text.slice(0, start + match.index)), credit: trimBrackets(match[0]) };
    if (!match || credit === '' || credit.length > longestCredit || tellsWhen.test(credit)) continue;
    // `^` stands for the caption's own start, not for where the search began.
    if (match.index === 0 && (start > 0 || isSentence(credit))) continue;
    return { rest: trimSides(text.slice(0, start + match.index)), credit };
  }
  return null;
}

/** `(Ảnh chụp lúc 9 giờ)`, `(Photo taken on Monday)`: when and where, not whose. */
const tellsWhen =
  /^(?:(?:được )?chụp\s|lúc\s|vào\s|ngày\s|sáng\s|trưa\s|chiều\s|tối\s|đêm\s|năm\s|tháng\s|màn hình$|tại\s|trước\s|trong\s|taken\s|dated\s|d[’']illustration$|d[’']archives?$)/u;

/** `Ảnh: Các đại biểu dự lễ` names nobody: most of its words are small. */
function isSentence(name: string): boolean {
  const words = name.split(' ').filter((word) => /^\p{L}/u.test(word));
  return words.length > 3 && words.filter((word) => /^\p{Ll}/u.test(word)).length > words.length / 2;
}

function trimBrackets(text: string): string {
  return text.replace(/^[\s([（]+|[\s)\]）.]+$/gu, '');
}

function trimSides(text: string): string {
  return text.replace(/[\s|/,;–—＝=-]+$/u, '').replace(/^[\s|/–—-]+/u, '');
}

function trimName(text: string): string {
  return text
    .replace(/^[\s:：.・＝=|–—-]+|[\s.。;,|/–—-]+$/gu, '')
    .replace(/^(?:by|di|por|par|oleh|của|bởi)\s+(?=\p{Lu})/u, '')
    .replace(/^(?:本[報报])?(?:特[約约])?(?:記者|记者|通讯员|通訊員|攝影記者|摄影记者)\s*(?=.)/u, '')
    .replace(/(?<=.)\s+(?:기자|記者|记者)$/u, '')
    .replace(/(?<=.)(?:提供|撮影|写す|摄影|摄|攝|供图|제공|촬영|\s+cung cấp)$/u, '')
    .trim();
}
