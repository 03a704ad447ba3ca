/** An article out of a text that was pasted without its pictures. */
import { readCaptionLines } from '#src/articles/caption-lines.ts';
import type { Draft, ReadContext } from '#src/articles/draft.ts';
import { figureOf, printedCaption } from '#src/articles/figure.ts';
import { hintedAttachments, hintedPhotos } from '#src/articles/hints.ts';
import { profileForText } from '#src/articles/own-profile.ts';
import { plain } from '#src/articles/plain.ts';
import { sanitizeHtml } from '#src/articles/sanitize.ts';
import { findHeadline, isDateLine, takeEnding, textLines } from '#src/articles/text-lines.ts';
import type { Photo } from '#src/core/article.ts';
import { readByline, readNames } from '#src/core/byline.ts';
import { withoutDash } from '#src/core/dateline.ts';
import type { RawArticle } from '#src/core/raw-article.ts';
import { parseFragment } from '#src/markup/html.ts';
import { escapeHtml } from '#src/markup/html-text.ts';

type RawText = Extract<RawArticle, { kind: 'text' }>;

/** What follows the story goes first, then headline and date above it; what is left is paragraphs, headings and captions. */
export function readText(raw: RawText, context: ReadContext): Draft {
  const { site, folder = null } = context;
  const { hints } = raw;
  const profile = profileForText(raw.text, hints, context);
  const { lines: story, removed, byline: signature } = takeEnding(textLines(raw.text), profile);
  const given = plain(hints.headline ?? null);
  const headline = given ?? findHeadline(story, profile);
  if (headline !== null && story[0] === headline) story.shift();
  const printedDate = story[0] !== undefined && isDateLine(story[0], site.timezone) ? (story.shift() ?? null) : null;
  // `By Jane Roe` above the story.
  const above = signature || story[1] === undefined ? null : readByline(story[0]!, profile.byline, { bare: false });
  if (above) story.shift();
  const byline = signature ?? above;
  const parts = readCaptionLines(story, profile);
  for (const { photo } of parts) {
    if (photo && photo.credit === null && byline?.photographers.length) photo.credit = byline.photographers.join(', ');
  }
  const captioned = parts.flatMap(({ photo }) => photo ?? []);
  const hinted: Photo[] = hintedPhotos(hints, folder);
  const opening = parts.find(({ photo }) => photo === null);
  const blocks = parts.map((part) =>
    part.photo
      ? figure(part.photo, part.text)
      : `<${part.name}>${escapeHtml(part === opening ? withoutDash(part.text) : part.text)}</${part.name}>`,
  );
  return {
    url: hints.url ?? null,
    headline,
    sapo: plain(hints.lead ?? null),
    byline: hints.byline?.flatMap((name) => readNames(name, profile.byline)) ?? byline?.names ?? [],
    bylinePrinted: byline?.printed ?? hints.byline?.join(', ') ?? null,
    language: hints.language ?? null,
    section: plain(hints.section ?? null),
    tags: hints.tags ?? [],
    publishedAt: hints.publishedAt ?? printedDate,
    updatedAt: hints.updatedAt ?? null,
    photos: [...hinted, ...captioned],
    attachments: hintedAttachments(hints, []),
    html: sanitizeHtml([...hinted.map((photo) => figure(photo, printedCaption(photo))), ...blocks].join('\n'), folder),
    paragraphs: parts.filter(({ photo }) => photo === null).map(({ text }) => text),
    removed,
    signs: { body: 'given' },
    profile,
    doubts: doubtsOf(captioned.length, given === null && headline !== null),
  };
}

/** A photo that did not come along leaves its caption at its place. */
function figure(photo: Photo, printed: string | null): string {
  if (photo.url !== null) return figureOf(photo, printed, parseFragment('', null).ownerDocument).outerHTML;
  return `<figure><figcaption>${escapeHtml(printed ?? '')}</figcaption></figure>`;
}

function doubtsOf(captions: number, firstLine: boolean): string[] {
  const doubts: string[] = [];
  if (firstLine) doubts.push('The first line was taken as the headline.');
  if (captions === 1) doubts.push('One line was taken as a photo caption; the photo itself did not come along.');
  if (captions > 1)
    doubts.push(`${captions} lines were taken as photo captions; the photos themselves did not come along.`);
  return doubts;
}
