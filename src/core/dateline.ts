/** The opening of a lead: an agency or place tag, then the time it speaks of. */
import type { Dateline } from '#src/core/article.ts';
import { asciiDigits, dayIn, type NamedDay, plainDate } from '#src/core/calendar.ts';
import { compileOnce } from '#src/core/compile-once.ts';
import type { Profile } from '#src/core/profile.ts';
import { isCapitals, tidy } from '#src/core/text.ts';

type Rules = Profile['dateline'];

export interface Opening {
  /** The lead without dash and tag; it keeps its time. */
  lead: string;
  dateline: Dateline | null;
  /** Whether something was cut from the start: a dash, a tag. */
  cut: boolean;
  /** The year was not printed. */
  yearGuessed: boolean;
}

/**
 * `near`: the instant (milliseconds) whose nearest past day a date without a year means, unless `whole`, the text it
 * opens, names the same day with its year.
 */
export function readOpening(printed: string, rules: Rules, near: number, zone: string, whole = ''): Opening {
  const text = tidy(printed);
  const { tag, rest } = cutTag(text, rules);
  const time = timeAt(rest, rules);
  // The time is the part summaries leave out, so it is told rather than the tag, which the lead lacks already.
  const dateline = time ?? tag;
  if (dateline === null) return { lead: rest, dateline: null, cut: rest !== text, yearGuessed: false };
  const named = dayIn(asciiDigits(dateline));
  const day = named && { ...named, year: named.year ?? yearIn(whole, named) };
  const date = day && dateOf(day, near, zone);
  return {
    lead: rest,
    dateline: { text: dateline, date: date?.toString() ?? null },
    cut: rest !== text,
    yearGuessed: Boolean(date) && day?.year === null,
  };
}

/** Whether a block opens as a lead does: with a dash, a tag, or a time of day and date. */
export function opensLead(printed: string, rules: Rules): 'dash' | 'tag' | 'time' | null {
  const text = tidy(printed);
  const { tag, rest } = cutTag(text, rules);
  if (tag !== null) return 'tag';
  if (rest !== text) return 'dash';
  return timeAt(rest, rules) === null ? null : 'time';
}

/** Without a dash that an agency's tag left behind. */
export function withoutDash(text: string): string {
  return text.replace(/^\s*[-–—―]+\s+/u, '');
}

/** The year a text gives the same day elsewhere. */
function yearIn(text: string, { day, month }: NamedDay): number | null {
  const printed = new RegExp(
    `(?<!\\d)0?${day}(?:\\s?[-/.]\\s?|\\s+tháng\\s+)0?${month}(?:\\s?[-/.]\\s?|\\s+năm\\s+)(\\d{4})(?!\\d)`,
    'u',
  );
  const year = Number(printed.exec(asciiDigits(text))?.[1] ?? 0);
  return year >= 1900 && year < 2100 ? year : null;
}

const dash = '[-–—―]';
const longestTag = 60;
/** A tag stands in the first letters; a text without end is not searched through. */
const longestOpening = 200;

function cutTag(text: string, rules: Rules): { tag: string | null; rest: string } {
  const start = withoutDash(text);
  const { tags } = compiledFor(rules);
  const opening = start.slice(0, longestOpening);
  for (const pattern of tags) {
    const match = pattern.exec(opening);
    const tag = match?.groups?.['tag']?.trim();
    if (!match || !tag || tag.length > longestTag) continue;
    const rest = start.slice(match[0].length).replace(new RegExp(`^(?:${dash}|\\s)+`, 'u'), '');
    // A headline in capitals ("VIỆT NAM - LÀO KÝ KẾT") has no lead after its dash.
    if (rest === '' || isCapitals(rest.slice(0, 40))) continue;
    // `(ANSA) - ROMA, 20 NOV - …`
    const place = /^[([]/.test(tag) ? afterAgency.exec(rest.slice(0, longestTag)) : null;
    if (place && rest.length > place[0].length)
      return { tag: `${tag} - ${place.groups?.['tag']}`, rest: rest.slice(place[0].length) };
    return { tag, rest };
  }
  return { tag: null, rest: start };
}

const afterAgency = /^(?<tag>\p{Lu}{2,}(?:[ -]\p{Lu}{2,}){0,2}, \d{1,2} \p{L}{3,9})\s+[-–—]+\s+/u;

function tagPatterns(rules: Rules): RegExp[] {
  const listed =
    [...rules.tags]
      .sort((a, b) => b.length - a.length)
      .map((word) => RegExp.escape(word))
      .join('|') || '(?!)';
  // `dpa/lnw`: with the desk's sign.
  const agency = `(?:(?:${listed})(?:/\\p{Ll}{2,4})?|\\p{Ll}{2,4}/(?:${listed})|\\p{Lu}[\\p{Lu}\\p{N}&./]{1,11}|(?:\\p{Lu}[\\p{L}.]+ ?){1,3})`;
  const listedOrCapitals = `(?:${listed}|\\p{Lu}[\\p{Lu}\\p{N}&./]{1,11})`;
  const place = "\\p{Lu}[\\p{L}\\p{M}.’'/ -]*";
  const capitals = "\\p{Lu}(?:[\\p{Lu}\\p{M}&.’' -]|, )*[\\p{Lu}.]";
  return [
    // `【汐見岬】`, `江湾网11月20日电（记者 …）`: places and agencies of East Asia.
    '^[【［](?<tag>[^】］]{1,30})[】］]\\s*',
    '^(?<tag>[\\p{Script=Han}]{2,12}\\d{1,2}月\\d{1,2}日(?:电|電|讯|訊))\\s*(?:[（(][^）)]{1,30}[）)])?\\s*',
    '^(?<tag>[（(]\\p{Script=Han}{2,20}\\d{1,2}日[电電][)）])\\s*',
    // `(서울=연합뉴스) 홍길동 기자 =`
    '^(?<tag>[(\\[][\\p{Script=Hangul}]{2,8}=[^()\\[\\]]{2,15}[)\\]])\\s*(?:[\\p{Script=Hangul}]{2,4}\\s*(?:기자|특파원)\\s*)?=?\\s*',
    // `(Dân trí) -`: whatever stands in brackets before a dash.
    `^(?<tag>[(\\[][^()\\[\\]]{2,30}[)\\]])\\s*${dash}+\\s*`,
    `^(?<tag>[(\\[]\\s*${listedOrCapitals}(?:\\s*[,/–-]\\s*[^()]{1,30})?\\s*[)\\]])\\s*(?:${dash}+|[:.,])?\\s*`,
    // `УСТЬ-КЕМЬ, 18 ноя — Агентство.`, `ЗАРЕЧЬЕ, 19 ноября. /АГЕНТСТВО/.`
    `^(?<tag>${capitals},\\s\\d{1,2}\\s\\p{L}{3,12})\\.?\\s*(?:${dash}\\s*\\p{Lu}[\\p{L} ]{2,30}\\.|/[^/]{2,30}/\\.?)\\s+(?=\\p{Lu})`,
    `^(?<tag>${place}(?:,[^()–—]{1,30})?\\s*\\(${agency}\\))\\s*(?:${dash}+|[:.])\\s*`,
    // `القاهرة (رويترز) -`: scripts without capitals.
    `^(?<tag>\\p{Lo}[\\p{Lo}\\p{M} /-]{1,30}(?:\\s\\p{N}{1,2}\\s[\\p{Lo}\\p{M} /]{3,25})?\\s*\\([^()]{2,20}\\))\\s*(?:${dash}+|:)\\s*`,
    // `नई दिल्ली, 25 नवंबर (भाषा) …`, `ঢাকা, ২৫ নভেম্বর: …`: behind a day, brackets or a mark are enough.
    `^(?<tag>\\p{Lo}[\\p{Lo}\\p{M} /-]{1,30},\\s\\p{N}{1,2}\\s\\p{Lo}[\\p{Lo}\\p{M}]{1,15}(?:\\s*\\([^()]{2,20}\\)|(?=\\s*[:।–—-])))\\s*(?:${dash}+|[:।])?\\s*`,
    `^(?<tag>\\p{Script=Arabic}{2,15}(?: \\p{Script=Arabic}{2,12})?)\\s+${dash}+\\s+(?:(?:رويترز|وكالات|الأناضول|سانا|واس|[أا] ?ف ?ب|د ?ب ?[أا])\\s*[:：]\\s*)?`,
    // `บางสน –`
    `^(?<tag>\\p{Script=Thai}[\\p{Script=Thai}\\p{M}]{1,20})\\s+${dash}+\\s+`,
    // `ភ្នំពេញ៖ …`, `मुंबई: …`: before a whole sentence; a headline names its speaker so.
    '^(?<tag>[(]?(?:(?![\\u17D4-\\u17DA])\\p{Script=Khmer}){3,20}[)]?)\\s?៖\\s*(?=[^។]{30,}។|.{120})',
    '^(?<tag>(?:[\\p{Script=Devanagari}\\p{M}]{2,12} ){0,2}[\\p{Script=Devanagari}\\p{M}]{2,12})\\s?:\\s+(?=[^।]{30,}।|.{120})',
    `^(?<tag>(?:${listed}))\\s*(?:${dash}+|[:.])\\s+`,
    `^(?<tag>${capitals}(?:,\\s[^()–—]{1,25}?)?)\\s+(?:${dash}+)\\s+`,
    `^(?<tag>${capitals}(?:,\\s[^()–—]{1,25}?)?)[–—]\\s*`,
    // `Заречье. 19 ноября. АГЕНТСТВО -`
    `^(?<tag>\\p{Lu}[\\p{L}-]+(?: \\p{Lu}[\\p{L}-]+)?\\.\\s\\d{1,2}\\s\\p{Script=Cyrillic}{3,12})\\.\\s+(?:[\\p{Lu}.]{3,20}\\s${dash}\\s+)?(?=\\p{Lu})`,
    // `ЗАРЕЧЬЕ, 19 ноября.`
    `^(?<tag>${capitals},\\s\\d{1,2}\\s\\p{L}{3,12})\\.\\s+(?=\\p{Lu})`,
  ].map((source) => new RegExp(source, 'u'));
}

// `Sáng 29/11`, `Sáng nay (29/11)`, `Chiều ngày 3-2-2026`, `Ngày 3/2`: a word for the time, then a date close by.
function timeAt(text: string, rules: Rules): string | null {
  const { word, number } = compiledFor(rules);
  const unspaced = word?.exec(text)?.[0] ?? number?.exec(text)?.[0];
  if (unspaced === undefined) return null;
  const near = asciiDigits(text.slice(0, unspaced.length + 40));
  const day = dayIn(near);
  if (!day) return null;
  const between = near.slice(unspaced.length, day.index);
  if (!/^[\s,(]*(?:(?:nay|qua|ngày|hôm|nay,|the|day|morning|afternoon|evening|ngày mai)[\s,(]*){0,3}$/iu.test(between))
    return null;
  const end = day.index + day.length;
  return text.slice(0, /\(/.test(between) && text[end] === ')' ? end + 1 : end);
}

interface Compiled {
  tags: RegExp[];
  word: RegExp | null;
  /** Before a number with no space between. */
  number: RegExp | null;
}

const compiledFor = compileOnce((rules: Rules): Compiled => {
  const times = [...rules.times]
    .sort((a, b) => b.length - a.length)
    .map((each) => RegExp.escape(each))
    .join('|');
  return {
    tags: tagPatterns(rules),
    word: times === '' ? null : new RegExp(`^(?:${times})(?![\\p{L}\\p{M}])`, 'iu'),
    number: times === '' ? null : new RegExp(`^(?:${times})(?=[\\p{N}])`, 'iu'),
  };
});

/** The day meant: in a missing year the last one that is not after `near`. */
function dateOf(day: NamedDay, near: number, zone: string): Temporal.PlainDate | null {
  if (day.year !== null) return plainDate(day.year, day.month, day.day);
  const today = Temporal.Instant.fromEpochMilliseconds(near).toZonedDateTimeISO(zone).toPlainDate();
  // Eight years back, for the 29th of February.
  for (let year = today.year; year > today.year - 9; year -= 1) {
    const date = plainDate(year, day.month, day.day);
    if (date && Temporal.PlainDate.compare(date, today) <= 0) return date;
  }
  return null;
}
