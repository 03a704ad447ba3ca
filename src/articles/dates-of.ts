/** When a page says its article appeared and was changed. */
import { type JsonLd, type JsonObject, textOfValue } from '#src/articles/json-ld.ts';
import { markedTexts, timeOf } from '#src/articles/marked.ts';
import { metaContents } from '#src/articles/meta-tags.ts';
import type { NearLine } from '#src/articles/near-headline.ts';
import { isFuture, readDate } from '#src/core/date.ts';
import { type HtmlDocument, selectAll, textOf } from '#src/markup/html.ts';

export interface PageDates {
  publishedAt: string | null;
  updatedAt: string | null;
}

/** No paper has been on the web for longer; earlier dates are a system's zero. */
const earliest = '1991';

export interface DateRules {
  selectors: readonly string[];
  /** What the page prints around its headline. */
  lines: readonly NearLine[];
  zone: string;
  now: number;
}

/** As printed there; where several places name a date, the first that can be true, with its time of day if one has it. */
export function datesOf(
  document: HtmlDocument,
  data: JsonObject,
  { page }: JsonLd,
  { selectors, lines, zone, now }: DateRules,
): PageDates {
  const meta = (...names: string[]) => names.flatMap((name) => metaContents(document, [name]));
  const published = [
    textOfValue(data['datePublished']),
    ...meta(
      'article:published_time',
      'og:article:published_time',
      'pubdate',
      'publishdate',
      'publish-date',
      'publish_date',
      'date',
      'dc.date',
      'dc.date.issued',
      'dcterms.created',
      'datePublished',
      'parsely-pub-date',
      'sailthru.date',
      'article.published',
      'cXenseParse:recs:publishtime',
    ),
    textOfValue(page?.['datePublished']),
    ...markedTexts(document, 'datePublished'),
    ...selectAll(document, ...selectors).map(timeOf),
    textOfValue(data['dateCreated']),
    ...selectAll(document.body, 'article time[datetime], main time[datetime], time[datetime]').slice(0, 1).map(timeOf),
    ...printedDates(lines).filter((text) => readDate(text, zone) !== null),
  ];
  const updated = [
    textOfValue(data['dateModified']),
    ...meta('article:modified_time', 'og:updated_time', 'lastmod', 'last-modified', 'dcterms.modified', 'dateModified'),
    textOfValue(page?.['dateModified']),
    ...markedTexts(document, 'dateModified'),
    ...printedUpdates(document),
  ];
  return { publishedAt: best(published, zone, now), updatedAt: best(updated, zone, now) };
}

const updateWords =
  /updat|uppdat|opdat|cập nhật|cap-nhat|aktualis|mis à jour|maj|actualiz|aggiorn|atualiz|bijgewerkt|güncel|modif|更新|수정/iu;

/** Times that say so themselves. */
function printedUpdates(document: HtmlDocument): string[] {
  return selectAll(document.body, 'time[datetime]')
    .slice(0, 10)
    .filter((time) => updateWords.test(`${textOf(time)} ${time.getAttribute('class') ?? ''}`))
    .map(timeOf);
}

/** Short lines with a date; a sentence that names one speaks of something else. */
function printedDates(lines: readonly NearLine[]): string[] {
  return lines
    .map(({ text }) => text)
    .filter((text) => text.length >= 6 && text.length <= 100 && !/[.!?…。]$/u.test(text) && /\d/.test(text));
}

function best(candidates: readonly (string | null)[], zone: string, now: number): string | null {
  const printed = candidates.filter((each): each is string => each !== null && each !== '' && each.length <= 120);
  const read = printed.flatMap((text) => {
    const date = readDate(text, zone);
    return date && date.at >= earliest && !isFuture(date.at, now) ? [{ text, ...date }] : [];
  });
  const [first] = read;
  // Nothing to be believed: what stands there is doubted where it is settled.
  if (!first) return printed[0] ?? null;
  if (first.hasTime) return first.text;
  const day = 86_400_000;
  const timed = read.find(({ at, hasTime }) => {
    const after = Date.parse(at) - Date.parse(first.at);
    return hasTime && after >= 0 && after < day;
  });
  return (timed ?? first).text;
}
