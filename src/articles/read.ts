/** From what came to what an editor would say of it. */
import type { Draft, ReadContext, ReadingSigns } from '#src/articles/draft.ts';
import { nothingFound } from '#src/articles/empty.ts';
import { languageOf } from '#src/articles/language.ts';
import { readPage } from '#src/articles/page.ts';
import { readText } from '#src/articles/plain-text.ts';
import { embargoedUntil } from '#src/core/age.ts';
import type { Article } from '#src/core/article.ts';
import { cutText } from '#src/core/cut.ts';
import { isFuture, readDate } from '#src/core/date.ts';
import { opensLead, readOpening } from '#src/core/dateline.ts';
import { headlineFromLead } from '#src/core/headline.ts';
import type { RawArticle } from '#src/core/raw-article.ts';
import { tidy } from '#src/core/text.ts';

/** The article in a page, a feed's payload or a pasted text. Never fails on what is written there: it doubts. */
export function readArticle(raw: Exclude<RawArticle, { kind: 'gone' }>, context: ReadContext): Article {
  return readWithSigns(raw, context).article;
}

/** The same, with the signs of how its page was read. */
export function readWithSigns(
  raw: Exclude<RawArticle, { kind: 'gone' }>,
  context: ReadContext,
): { article: Article; signs: ReadingSigns } {
  const draft = raw.kind === 'page' ? readPage(raw, context) : readText(raw, context);
  const doubts = [...(raw.hints.doubts ?? []), ...draft.doubts];
  // A page may print when an event begins: what the source itself gives is meant.
  const isSaid = raw.hints.publishedAt !== undefined;
  const publishedAt =
    (isSaid && settleEmbargo(draft.publishedAt, context, doubts)) ||
    settleDate(draft.publishedAt, 'publication', context, doubts);
  const updatedAt = settleDate(draft.updatedAt, 'update', context, doubts);
  const opening = openingOf(draft, publishedAt, context, doubts);
  const headline = settleHeadline(draft, opening.lead, context, doubts);
  const article = {
    url: draft.url,
    headline,
    lead: opening.lead,
    byline: draft.byline,
    bylinePrinted: draft.bylinePrinted,
    dateline: opening.dateline,
    language: languageOf(draft, headline, context.site),
    section: draft.section,
    tags: draft.tags,
    publishedAt,
    updatedAt,
    photos: draft.photos,
    attachments: draft.attachments,
    html: draft.html,
    text: opening.paragraphs.join('\n\n'),
    removed: draft.removed,
    doubts: [...new Set(doubts)],
  };
  return { article, signs: draft.signs };
}

/** A publication time ahead that posts wait for; null: it is none. The day on tomorrow's paper holds nothing up. */
function settleEmbargo(printed: string | null, { site, now }: ReadContext, doubts: string[]): string | null {
  const date = readDate(printed ?? '', site.timezone);
  if (!date?.hasTime || embargoedUntil(date.at, now) === null) return null;
  doubts.push(
    `The publication date “${tidy(printed ?? '').slice(0, 60)}” lies in the future: nothing is posted before it.`,
  );
  return date.at;
}

/** No paper has been on the web for longer; earlier dates are a system's zero. */
const earliest = '1991';

function settleDate(printed: string | null, what: string, context: ReadContext, doubts: string[]): string | null {
  if (printed === null) return null;
  const date = readDate(printed, context.site.timezone);
  if (!date) {
    doubts.push(
      `The ${what} date “${tidy(printed).slice(0, 60)}” was not understood; the time it was first seen counts.`,
    );
    return null;
  }
  if (isFuture(date.at, context.now)) {
    doubts.push(
      `The ${what} date “${tidy(printed).slice(0, 60)}” lies in the future; the time it was first seen counts.`,
    );
    return null;
  }
  if (date.at < earliest) {
    doubts.push(`The ${what} date “${tidy(printed).slice(0, 60)}” cannot be true; the time it was first seen counts.`);
    return null;
  }
  if (!date.hasTime)
    doubts.push(
      `The ${what} date “${tidy(printed).slice(0, 60)}” has no time of day; the day's start in ${context.site.timezone} stands for it.`,
    );
  return date.at;
}

const longestSearched = 20_000;

/** The lead with its dateline, and the paragraphs without the dash or tag before them. */
function openingOf(draft: Draft, publishedAt: string | null, context: ReadContext, doubts: string[]) {
  const near = publishedAt ? Date.parse(publishedAt) : context.now;
  const whole = draft.paragraphs.join('\n').slice(0, longestSearched);
  const read = (text: string) => readOpening(text, draft.profile.dateline, near, context.site.timezone, whole);
  // A tag on the second paragraph tells that the first one is a sapo.
  const [first = '', second = ''] = draft.paragraphs;
  const isSapo =
    opensLead(second, draft.profile.dateline) === 'tag' && opensLead(first, draft.profile.dateline) === null;
  const sapo = draft.sapo ?? (isSapo ? first : null);
  // Under a sapo the second paragraph opens the story itself.
  const openings = sapo === null ? 0 : 1;
  // Two lines that begin with dashes are a talk.
  const isTalk = (index: number) => [index, index + 1].every((each) => /^[-–—]\s/u.test(draft.paragraphs[each] ?? ''));
  const paragraphs = draft.paragraphs.map((paragraph, index) =>
    index <= openings && !isTalk(index) ? read(paragraph).lead : paragraph,
  );
  const lead = read(sapo ?? draft.paragraphs[0] ?? '');
  const told =
    lead.dateline || sapo === null
      ? lead
      : read(draft.paragraphs.find((text) => tidy(text) !== tidy(sapo ?? '')) ?? '');
  if (told.yearGuessed) {
    doubts.push(`The dateline “${told.dateline?.text}” names no year: ${told.dateline?.date} was taken.`);
  }
  return { lead: lead.lead, dateline: told.dateline, paragraphs };
}

/** Far beyond any headline; what is longer is a text in the wrong place, and would stand whole in feeds and logs. */
const longestHeadline = 500;

function settleHeadline(draft: Draft, lead: string, context: ReadContext, doubts: string[]): string {
  if (draft.headline !== null && draft.headline.length > longestHeadline) {
    doubts.push(`The headline was longer than ${longestHeadline} characters and was cut.`);
    return cutText(draft.headline.slice(0, 2 * longestHeadline), (text) => text.length <= longestHeadline);
  }
  if (draft.headline !== null) return draft.headline;
  const headline = headlineFromLead(lead);
  if (headline === '') {
    doubts.push(nothingFound);
    return context.site.name;
  }
  doubts.push('No headline was found: the first clause of the lead stands for it.');
  return headline;
}
