/** Lines a page prints inside its text but above the story: the headline again, names, the time. */
import { type BodyBlock, bodyBlocks } from '#src/articles/blocks.ts';
import { isCounter } from '#src/articles/counters.ts';
import { cutBlock } from '#src/articles/cut-block.ts';
import { isDateLine } from '#src/articles/text-lines.ts';
import { type Byline, readByline } from '#src/core/byline.ts';
import { readDate } from '#src/core/date.ts';
import type { Profile } from '#src/core/profile.ts';
import { endsSentence, readsAsSentence, tidy } from '#src/core/text.ts';
import { type HtmlElement, textOf } from '#src/markup/html.ts';

export interface TopLines {
  byline: Byline | null;
  /** As printed. */
  date: string | null;
  removed: string[];
}

export interface TopRules {
  headline: string | null;
  authors: readonly string[];
  section: string | null;
  siteName: string;
  byline: Profile['byline'];
  zone: string;
}

const mostLines = 8;
const sentence = 60;

/** Takes them out of the body; the first paragraph ends the search. */
export function takeTopLines(body: HtmlElement, rules: TopRules): TopLines {
  const texts = bodyBlocks(body).filter((block) => !block.photo);
  const top: TopLines = { byline: null, date: null, removed: [] };
  const known = [rules.headline, rules.section, rules.siteName].map((text) => fold(text ?? '')).filter(Boolean);
  const first = texts.slice(0, Math.min(mostLines, texts.length - 1));
  const heading = first.findIndex((block) => fold(block.text) === fold(rules.headline ?? ''));
  for (const [index, block] of first.entries()) {
    if (block.text.length > sentence && readsAsSentence(block.text)) {
      const under = first[index + 1];
      if (under && isNames(under, rules) && takeLine(under, known, rules, top)) cutBlock(under.element, body);
      break;
    }
    // A kicker over the headline.
    const isAbove = index < heading;
    if (!takeLine(block, known, rules, top) && !isAbove) continue;
    if (isAbove && !top.removed.includes(block.text)) top.removed.push(block.text);
    cutBlock(block.element, body);
  }
  return top;
}

/** Under a standfirst the names come after the first sentence. */
function isNames({ text }: BodyBlock, rules: TopRules): boolean {
  return text.length <= 2 * sentence && readTop(text, rules)?.kind === 'byline';
}

/** Whether the whole line is of that kind; what it says is kept. */
function takeLine(block: BodyBlock, known: readonly string[], rules: TopRules, top: TopLines): boolean {
  if (known.includes(fold(block.text))) return true;
  const parts = block.text.split(/\s*[|•·]\s*|\s{2,}/u).filter((part) => part !== '');
  const read = parts.map((part) => readTop(part, rules));
  if (!read.every((each) => each !== null)) {
    const whole = takeSpans(block, rules, top) ? true : readTop(block.text, rules);
    if (whole === true) return true;
    return whole !== null && keep(whole, block.text, top);
  }
  for (const [index, each] of read.entries()) if (each !== null) keep(each, parts[index] ?? '', top);
  return true;
}

/** Names and time in elements side by side, with nothing but those between them. */
function takeSpans({ element, text }: BodyBlock, rules: TopRules, top: TopLines): boolean {
  const parts = [...element.children].map((child) => tidy(textOf(child))).filter((part) => part !== '');
  if (parts.length < 2 || parts.length > 4 || parts.join('').replaceAll(' ', '') !== text.replaceAll(' ', ''))
    return false;
  const read = parts.map((part) => readTop(part, rules));
  if (read.some((each) => each === null)) return false;
  for (const [index, each] of read.entries()) if (each !== null) keep(each, parts[index] ?? '', top);
  return true;
}

type Told = { kind: 'byline'; byline: Byline } | { kind: 'date' } | { kind: 'other' };

function keep(told: Told, text: string, top: TopLines): true {
  if (told.kind === 'byline') top.byline ??= told.byline;
  else if (told.kind === 'date') top.date ??= text;
  else top.removed.push(text);
  return true;
}

function readTop(text: string, rules: TopRules): Told | null {
  if (isDateLine(text, rules.zone)) return { kind: 'date' };
  const byline = readByline(text, rules.byline, { bare: false });
  if (byline && byline.photographers.length < byline.names.length) return { kind: 'byline', byline };
  if (byline && /\p{L}/u.test(byline.names.join(''))) return { kind: 'byline', byline };
  const names = rules.authors.map(fold);
  if (names.includes(fold(text)) || (names.length > 1 && fold(text) === names.join(''))) return { kind: 'other' };
  if (isCounter(text)) return { kind: 'other' };
  // `Published: 23/11/2026 08:30`, with words that say which time it is.
  if (text.length <= 80 && !endsSentence(text) && /[:：]/u.test(text) && readDate(text, rules.zone)?.hasTime)
    return { kind: 'date' };
  return null;
}

function fold(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}
