/** An article out of a page, or out of the HTML a feed carries. */
import { findAttachments } from '#src/articles/attachments.ts';
import { bodyBlocks } from '#src/articles/blocks.ts';
import { withBoldPlace } from '#src/articles/bold-place.ts';
import { creditPhotos, settleByline } from '#src/articles/credits.ts';
import type { Draft, ReadContext } from '#src/articles/draft.ts';
import { takeEnding } from '#src/articles/ending.ts';
import { type PageFacts, readFacts } from '#src/articles/extract.ts';
import { hintedAttachments, hintedPhotos, sapoOf } from '#src/articles/hints.ts';
import { resolveLinks } from '#src/articles/links.ts';
import { weigh } from '#src/articles/measure.ts';
import { profileForPage } from '#src/articles/own-profile.ts';
import { bodyOf, partStamps } from '#src/articles/page-body.ts';
import { takePhotos } from '#src/articles/photos.ts';
import { plain } from '#src/articles/plain.ts';
import { makeParagraphs } from '#src/articles/plain-blocks.ts';
import { sanitizeHtml } from '#src/articles/sanitize.ts';
import { expandCaptions } from '#src/articles/shortcodes.ts';
import { publishedOf } from '#src/articles/source-date.ts';
import { addLeadPhoto, addSapo, dropDash } from '#src/articles/top.ts';
import { takeTopLines } from '#src/articles/top-lines.ts';
import { readByline } from '#src/core/byline.ts';
import type { RawArticle } from '#src/core/raw-article.ts';
import { parsePage } from '#src/markup/html.ts';

type RawPage = Extract<RawArticle, { kind: 'page' }>;

/** Facts around the body first, then the body: photos, lines above and under the story, what is left. */
export function readPage(raw: RawPage, context: ReadContext): Draft {
  const { site, now, folder = null } = context;
  const { hints } = raw;
  const address = raw.url ?? hints.url ?? null;
  const document = parsePage(expandCaptions(raw.html), address);
  partStamps(document);
  const profile = profileForPage(document, hints, context);
  const facts = readFacts(document, { profile, siteName: site.name, zone: site.timezone, now });
  const headline = plain(hints.headline ?? null) ?? facts.headline;
  const found = bodyOf(document, raw, facts, headline, profile);
  const { element: body, kind, removed } = found;
  const attachments = hintedAttachments(hints, [...findAttachments(body), ...found.attached]);
  const hinted = hintedPhotos(hints, folder);
  const photos = takePhotos(body, {
    known: [...hinted, ...facts.photos],
    profile,
    headline,
    folder,
    siteNames: facts.siteNames,
  });
  const authors = hints.byline ?? facts.authors;
  const { byline: rules } = profile;
  const { section } = facts;
  const top = takeTopLines(body, {
    headline,
    authors,
    section,
    siteName: site.name,
    byline: rules,
    zone: site.timezone,
  });
  const placed = withBoldPlace(bodyBlocks(body), profile);
  const ending = takeEnding(body, authors, profile, site.timezone);
  removed.push(...top.removed, ...ending.removed);
  const printedSapo = facts.sapo ?? found.sapo;
  const sapo = sapoOf(hints, { ...facts, sapo: printedSapo }, bodyBlocks(body));
  addSapo(body, printedSapo);
  addLeadPhoto(body, photos, hinted, facts.photos, profile.credit);
  const printed = facts.bylinePrinted === null ? null : readByline(facts.bylinePrinted, rules, { bare: true });
  const photographers = [top.byline, ending.byline, printed].flatMap((byline) => byline?.photographers ?? []);
  creditPhotos(photos, [...new Set(photographers)], body);
  dropDash(body);
  resolveLinks(body);
  makeParagraphs(body);
  const { publishedAt, doubt } = publishedOf(hints.publishedAt, facts.publishedAt ?? top.date, {
    zone: site.timezone,
    now,
  });
  const told = {
    ...draftFacts(raw, facts),
    publishedAt,
    ...settleByline(hints.byline, facts, { top: top.byline, end: ending.byline }, profile),
    sapo,
    photos,
    attachments,
    html: sanitizeHtml(body.innerHTML, folder),
    paragraphs: bodyBlocks(body)
      .filter((block) => !block.photo)
      .map((block) => block.text),
    removed,
    signs: { body: kind },
    profile: placed,
  };
  return { ...told, doubts: [...doubtsOf(found.doubt, doubt, facts), ...(saysNothing(told) ? [noArticle] : [])] };
}

const noArticle = 'Nothing on the page says that it is an article: it has no date, no names and few words.';
const fewWords = 300;

/** A login, a list, an apology: read all the same, since a short notice looks no different. */
function saysNothing({ publishedAt, byline, photos, paragraphs }: Omit<Draft, 'doubts'>): boolean {
  const letters = paragraphs.reduce((sum, text) => sum + weigh(text), 0);
  return publishedAt === null && byline.length === 0 && photos.length === 0 && letters < fewWords;
}

function draftFacts({ hints, url }: RawPage, facts: PageFacts) {
  return {
    url: hints.url ?? facts.url ?? url,
    headline: plain(hints.headline ?? null) ?? facts.headline,
    language: hints.language ?? facts.language,
    section: plain(hints.section ?? null) ?? facts.section,
    tags: hints.tags ?? facts.tags,
    updatedAt: hints.updatedAt ?? facts.updatedAt,
  };
}

function doubtsOf(body: string | null, date: string | null, { paywalled, nextPage }: PageFacts): string[] {
  return [
    body,
    date,
    paywalled ? 'The page says it is not free to read: the text may not be complete.' : null,
    nextPage === null ? null : `The story goes on at ${nextPage}: only its first part was read.`,
  ].filter((doubt) => doubt !== null);
}
