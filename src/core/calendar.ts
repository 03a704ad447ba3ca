/** Days as newsrooms print them, without a library for each language. */

const months: Readonly<Record<string, number>> = Object.fromEntries(
  [
    'jan january',
    'feb february',
    'mar march',
    'apr april',
    'may',
    'jun june',
    'jul july',
    'aug august',
    'sep sept september',
    'oct october',
    'nov november',
    'dec december',
  ].flatMap((names, index) => names.split(' ').map((name) => [name, index + 1])),
);

const month = Object.keys(months)
  .sort((a, b) => b.length - a.length)
  .join('|');

/** Sources of patterns whose groups `year`, `month`, `day` a match of `dayIn` reads; the year may be missing. */
const dayPatterns = [
  String.raw`(?<year>\d{4})[-/.](?<month>\d{1,2})[-/.](?<day>\d{1,2})(?!\d)`,
  String.raw`(?<day>\d{1,2})\s?[-/.]\s?(?<month>\d{1,2})(?:\s?[-/.]\s?(?<year>\d{4}|\d{2}(?!\d)))?(?!\d)`,
  String.raw`(?<day>\d{1,2})\s+tháng\s+(?<month>\d{1,2})(?:,?\s+năm\s+(?<year>\d{4}))?`,
  String.raw`(?<day>\d{1,2})(?:st|nd|rd|th)?\s+(?<monthName>${month})\b\.?(?:,?\s+(?<year>\d{4}|\d{2}(?=\s+\d{1,2}:)))?`,
  String.raw`(?<monthName>${month})\b\.?\s+(?<day>\d{1,2})(?:st|nd|rd|th)?(?!\d|:)(?:,?\s+(?<year>\d{4}))?`,
  String.raw`(?:(?<year>\d{4})[年년]\s?)?(?<month>\d{1,2})[月월]\s?(?<day>\d{1,2})[日일]`,
].map((source) => new RegExp(`(?<![\\d.,/-])${source}`, 'iu'));

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
  const named = groups['monthName'];
  let monthNumber = named ? (months[named.toLowerCase()] ?? 0) : Number(groups['month']);
  let day = Number(groups['day']);
  const yearFirst = /^\d{4}/.test(match[0]);
  // 11/29 can only be the 29th of November.
  if (!named && !yearFirst && monthNumber > 12 && day <= 12) [monthNumber, day] = [day, monthNumber];
  const year = groups['year'] ? fullYear(Number(groups['year'])) : null;
  if (monthNumber < 1 || monthNumber > 12 || day < 1 || day > 31) return null;
  if (plainDate(year ?? 2024, monthNumber, day) === null) return null;
  return { year, month: monthNumber, day, index: match.index, length: match[0].length };
}

// Thailand counts 543 years more.
function fullYear(year: number): number {
  if (year < 100) return 2000 + year;
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
