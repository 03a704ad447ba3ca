/** An article out of a page, or out of the HTML a feed carries. */
import { findAttachments } from '#src/articles/attachments.ts';
import { type BodyBlock, bodyBlocks } from '#src/articles/blocks.ts';
import { cleanBody, type FoundBody, findBody } from '#src/articles/body.ts';
import { creditPhotos, settleByline } from '#src/articles/credits.ts';
import type { Draft, ReadContext } from '#src/articles/draft.ts';
import { type PageFacts, readFacts } from '#src/articles/extract.ts';
import { hintedAttachments, hintedPhotos, sapoOf } from '#src/articles/hints.ts';
import { profileForPage } from '#src/articles/own-profile.ts';
import { takePhotos } from '#src/articles/photos.ts';
import { plain } from '#src/articles/plain.ts';
import { sanitizeHtml } from '#src/articles/sanitize.ts';
import { expandCaptions } from '#src/articles/shortcodes.ts';
import { findSignature } from '#src/articles/signature.ts';
import { isDateLine } from '#src/articles/text-lines.ts';
import { addLeadPhoto, addSapo } from '#src/articles/top.ts';
import { boilerplateBlocks } from '#src/core/boilerplate.ts';
import { readByline } from '#src/core/byline.ts';
import { withoutDash } from '#src/core/dateline.ts';
import type { Profile } from '#src/core/profile.ts';
import type { RawArticle } from '#src/core/raw-article.ts';
import {
  baseOf,
  type HtmlDocument,
  type HtmlElement,
  type HtmlNode,
  isElement,
  parseFragment,
  parsePage,
  selectAll,
  textOf,
} from '#src/markup/html.ts';
import { absoluteUrl } from '#src/markup/html-text.ts';

type RawPage = Extract<RawArticle, { kind: 'page' }>;

/** Facts around the body first, then the body: photos, boilerplate, byline, what is left. */
export function readPage(raw: RawPage, context: ReadContext): Draft {
  const { site, now, folder = null } = context;
  const { hints } = raw;
  const address = raw.url ?? hints.url ?? null;
  const html = expandCaptions(raw.html);
  const document = parsePage(html, address);
  const profile = profileForPage(document, hints, context);
  const facts = readFacts(document, { profile, siteName: site.name, zone: site.timezone, now });
  const headline = plain(hints.headline ?? null) ?? facts.headline;
  const found = bodyOf(document, raw, facts, headline, profile);
  const { element: body, doubt, kind, removed } = found;
  const attachments = hintedAttachments(hints, findAttachments(body));
  const hinted = hintedPhotos(hints, folder);
  const photos = takePhotos(body, [...hinted, ...facts.photos], profile, folder);
  removed.push(...cutBoilerplate(body, profile));
  const signature = findSignature(bodyBlocks(body), profile.byline);
  removed.push(...(signature?.after ?? []).map((block) => block.text));
  for (const block of [...(signature?.own ?? []), ...(signature?.after ?? [])]) cut(block.element, body);
  dropHeadline(body, headline);
  const printedDate = takeDateLine(body, site.timezone);
  const sapo = sapoOf(hints, { ...facts, sapo: facts.sapo ?? found.sapo }, bodyBlocks(body));
  addSapo(body, facts.sapo ?? found.sapo);
  addLeadPhoto(body, photos, hinted, facts.photos, profile.credit);
  const byline = settleByline(hints.byline, facts.authors, signature?.byline ?? null, profile);
  creditPhotos(photos, signature?.byline.photographers ?? [], body);
  dropDash(body);
  resolveLinks(body);
  return {
    ...draftFacts(raw, facts, printedDate),
    ...byline,
    sapo,
    photos,
    attachments,
    html: sanitizeHtml(body.innerHTML, folder),
    paragraphs: bodyBlocks(body)
      .filter((block) => !block.photo)
      .map((block) => block.text),
    removed,
    signs: { body: kind },
    profile,
    doubts: [
      doubt,
      facts.paywalled ? 'The page says it is not free to read: the text may not be complete.' : null,
      facts.nextPage === null ? null : `The story goes on at ${facts.nextPage}: only its first part was read.`,
    ].filter((each) => each !== null),
  };
}

function bodyOf(
  document: HtmlDocument,
  { hints, url }: RawPage,
  facts: PageFacts,
  headline: string | null,
  profile: Profile,
): FoundBody {
  if (hints.bodyHtml === undefined) {
    clean(document.body);
    return findBody(document, {
      profile,
      headline,
      description: facts.description,
      articleBody: facts.body,
      isByline: (line) => readByline(line, profile.byline, { bare: false }) !== null,
    });
  }
  const element = parseFragment(expandCaptions(hints.bodyHtml), url ?? hints.url ?? null);
  clean(element);
  return { element, doubt: null, kind: 'given', sapo: null, removed: cleanBody(element, profile) };
}

function draftFacts({ hints, url }: RawPage, facts: PageFacts, printedDate: string | null) {
  return {
    url: hints.url ?? facts.url ?? url,
    headline: plain(hints.headline ?? null) ?? facts.headline,
    language: hints.language ?? facts.language,
    section: plain(hints.section ?? null) ?? facts.section,
    tags: hints.tags ?? facts.tags,
    publishedAt: hints.publishedAt ?? facts.publishedAt ?? printedDate,
    updatedAt: hints.updatedAt ?? facts.updatedAt,
  };
}

/** What never is part of a story. */
function clean(body: HtmlElement): void {
  // Pages that load pictures late keep the real one here.
  for (const spare of selectAll(body, 'noscript')) {
    if (selectAll(spare, 'img').length > 0) spare.replaceWith(...spare.childNodes);
    else spare.remove();
  }
  const furniture = 'script, style, template, button, input, select, textarea, svg, object, embed, canvas';
  for (const element of selectAll(body, furniture)) element.remove();
}

function cutBoilerplate(body: HtmlElement, profile: Profile): string[] {
  const blocks = bodyBlocks(body);
  const removed: string[] = [];
  for (const index of boilerplateBlocks(blocks, profile.boilerplate)) {
    const block = blocks[index] as BodyBlock;
    // A photo after the last word of the story may still be the story's.
    if (block.photo) continue;
    removed.push(block.text);
    cut(block.element, body);
  }
  return removed;
}

/** Takes a block out, and the lists and boxes that are empty without it. */
function cut(element: HtmlElement, body: HtmlElement): void {
  const parent = element.parentElement;
  element.remove();
  if (
    parent &&
    parent !== body &&
    body.contains(parent) &&
    parent.textContent?.trim() === '' &&
    selectAll(parent, 'img').length === 0
  ) {
    cut(parent, body);
  }
}

/** The headline at the top of the body is told already. */
function dropHeadline(body: HtmlElement, headline: string | null | undefined): void {
  const [first] = bodyBlocks(body).filter((block) => !block.photo);
  if (first && headline && first.text === plain(headline)) cut(first.element, body);
}

/** A dash at the very start is what is left of a tag the page prints elsewhere. */
function dropDash(body: HtmlElement): void {
  const first = bodyBlocks(body).find((block) => !block.photo);
  if (!first || withoutDash(first.text) === first.text) return;
  let node: HtmlNode | undefined = first.element;
  while (isElement(node)) node = [...node.childNodes].find((child) => textOf(child).trim() !== '');
  if (node) node.textContent = (node.textContent ?? '').replace(/^\s*[-–—―]+\s*/u, '');
}

/** A line above the story that only says when it appeared. */
function takeDateLine(body: HtmlElement, zone: string): string | null {
  const texts = bodyBlocks(body).filter((block) => !block.photo);
  const line = texts.slice(0, 2).find((block) => isDateLine(block.text, zone));
  if (!line || texts.length < 2) return null;
  cut(line.element, body);
  return line.text;
}

function resolveLinks(body: HtmlElement): void {
  const base = baseOf(body.ownerDocument);
  for (const link of selectAll(body, 'a')) {
    const url = absoluteUrl(link.getAttribute('href'), base);
    if (url) link.setAttribute('href', url);
    else link.replaceWith(...link.childNodes);
  }
  for (const frame of selectAll(body, 'iframe')) {
    const url = absoluteUrl(frame.getAttribute('src') ?? frame.getAttribute('data-src'), base);
    if (!url || isNoFilm(frame, url)) {
      frame.remove();
      continue;
    }
    frame.setAttribute('src', url);
    if (frame.closest('p, li, td, figure')) continue;
    const paragraph = body.ownerDocument.createElement('p');
    frame.replaceWith(paragraph);
    paragraph.append(frame);
  }
}

/** Frames of advertisers and counters, and those too small to be seen. */
function isNoFilm(frame: HtmlElement, url: string): boolean {
  const sides = [frame.getAttribute('width'), frame.getAttribute('height')];
  if (sides.some((side) => side !== null && /^[01](?:px)?$/.test(side))) return true;
  return /doubleclick|googlesyndication|adservice|googletagmanager|taboola|outbrain|\/plugins\/(?:like|share|comments)|about:blank/i.test(
    url,
  );
}
