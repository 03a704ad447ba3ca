/** Days as newsrooms print them, without a library for each language. */

import { monthNumber as monthOf, monthPattern, spelledPattern } from '#src/core/month-names.ts';

const named = `(?<monthName>${monthPattern})`;
/** The year after a day and month, Buddhist ones with their mark. */
const yearAfter = String.raw`(?:,?\s+(?:de\s+|del\s+|năm\s+|พ\.?\s?ศ\.?\s*|ค\.?\s?ศ\.?\s*)?(?<year>\d{4}|\d{2}(?=\s+\d{1,2}:)))?`;

/** Sources of patterns whose groups `year`, `month`, `day` a match of `dayIn` reads; the year may be missing. */
const dayPatterns = [
  String.raw`(?<year>\d{4})[-/.](?<month>\d{1,2})[-/.](?<day>\d{1,2})(?!\d)`,
  String.raw`(?<day>\d{1,2})\s?[-/.]\s?(?<month>\d{1,2})(?:\s?[-/.]\s?(?<year>\d{4}|\d{2}(?!\d)))?(?!\d)`,
  // A year without its word counts nothing: `ngày 5 tháng 11 2000 người dự`.
  String.raw`(?<day>\d{1,2})\s+tháng\s+(?<month>\d{1,2})(?:,?\s+năm\s+(?<year>\d{4})|,\s+(?<year>(?:19|20)\d{2})|\s+(?<year>(?:19|20)\d{2})(?!\d|\s+(?!lúc\s)\p{Ll}))?`,
  // `26 thg 11, 2026`, `26 Th11 2026`, `Th11 26, 2026`
  String.raw`(?<day>\d{1,2})\s+thg?\.?\s?(?<month>\d{1,2}),?\s+(?<year>(?:19|20)\d{2})(?!\d)`,
  String.raw`(?<![\p{L}\p{M}])(?:thg?\.?|tháng)\s?(?<month>\d{1,2})\s+(?<day>\d{1,2}),\s+(?<year>(?:19|20)\d{2})(?!\d)`,
  String.raw`(?<day>\d{1,2})\s+(?<monthName>${spelledPattern}),?\s+(?:năm\s+)?(?<year>(?:19|20)\d{2})(?!\d)`,
  String.raw`(?<![\p{L}\p{M}])(?<monthName>${spelledPattern})\s+(?<day>\d{1,2}),?\s+(?<year>(?:19|20)\d{2})(?!\d)`,
  String.raw`(?<day>\d{1,2})(?:st|nd|rd|th|er|º|°|\.)?\s+(?:de\s+|of\s+)?${named}${yearAfter}`,
  String.raw`(?<![\p{L}\p{M}])${named}\s+(?<day>\d{1,2})(?:st|nd|rd|th)?(?!\d|:)(?:,?\s+(?<year>\d{4}))?`,
  String.raw`(?:(?:(?<era>令和|平成)(?<eraYear>\d{1,2}|元)|(?<year>\d{4}))\s?[年년]\s?)?(?<month>\d{1,2})\s?[月월]\s?(?<day>\d{1,2})\s?[日일号]`,
].map((source) => new RegExp(`(?<![\\d.,/]|\\d:|(?<!:\\d{2})-)${source}`, 'iu'));

export interface NamedDay {
  year: number | null;
  month: number;
  day: number;
  /** Where it stands in the text. */
  index: number;
  length: number;
}

/** The first day named in the text; null without one, or when no calendar has it. */
export function dayIn(text: string): NamedDay | null {
  let first: NamedDay | null = null;
  for (const pattern of dayPatterns) {
    const match = pattern.exec(text);
    if (!match || (first && match.index >= first.index)) continue;
    const day = readMatch(match);
    if (day) first = day;
  }
  return first;
}

function readMatch(match: RegExpExecArray): NamedDay | null {
  const groups = match.groups ?? {};
  const name = groups['monthName'];
  let monthNumber = name ? monthOf(name) : Number(groups['month']);
  let day = Number(groups['day']);
  const yearFirst = /^\d{4}/.test(match[0]);
  // 11/29 can only be the 29th of November.
  if (!name && !yearFirst && monthNumber > 12 && day <= 12) [monthNumber, day] = [day, monthNumber];
  const year = groups['year']
    ? fullYear(Number(groups['year']), /\p{Script=Thai}/u.test(match[0]))
    : eraYear(groups['era'], groups['eraYear']);
  if (monthNumber < 1 || monthNumber > 12 || day < 1 || day > 31) return null;
  if (plainDate(year ?? 2024, monthNumber, day) === null) return null;
  return { year, month: monthNumber, day, index: match.index, length: match[0].length };
}

/** The years of Japan's emperors, the first of which is written in full. */
function eraYear(era: string | undefined, year: string | undefined): number | null {
  if (era === undefined || year === undefined) return null;
  return (era === '令和' ? 2018 : 1988) + (year === '元' ? 1 : Number(year));
}

// Thailand counts 543 years more.
function fullYear(year: number, isThai: boolean): number {
  if (year < 100) return isThai && year > 43 ? 1957 + year : 2000 + year;
  return year > 2400 && year < 2700 ? year - 543 : year;
}

/** The date, or null when no calendar has it. */
export function plainDate(year: number, monthNumber: number, day: number): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from({ year, month: monthNumber, day }, { overflow: 'reject' });
  } catch {
    return null;
  }
}

/** Digits of every script as ASCII: `٢٩/١١` -> `29/11`. */
export function asciiDigits(text: string): string {
  return text.replace(/(?!\d)\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    let zero = code;
    while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
    return String(code - zero);
  });
}
