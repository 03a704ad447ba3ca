/** What changed between two readings of an article, in an editor's words. */

import { createHash } from 'node:crypto';
import type { Article, Photo } from '#src/core/article.ts';
import { byCodeUnit } from '#src/core/by-code-unit.ts';
import { normalizeUrl } from '#src/core/identity.ts';
import { tidy } from '#src/core/text.ts';
import { type TextChange, textChange } from '#src/core/text-change.ts';

type Content = Pick<
  Article,
  'headline' | 'lead' | 'text' | 'html' | 'byline' | 'photos' | 'attachments' | 'section' | 'tags'
>;

/** Beside what `changesBetween` names: the newsroom had withdrawn the article, and it stands there again. */
export const returned = 'returned';

/** The same: the publication time for which its posts wait. What readers see is not changed by it. */
export const rescheduled = 'publication';

/** SHA-256 (hex) of what readers see. Dates are left out: many feeds touch them without a change. */
export function contentHash(article: Content): string {
  const { photos, ...rest } = parts(article);
  const printed = article.photos.map((photo) => [photo.caption, photo.credit, photo.alt].map(tidyOrNull));
  return createHash('sha256')
    .update(JSON.stringify({ ...rest, photos, printed }))
    .digest('hex');
}

/**
 * What differs; empty for the same. `typo`: nothing but slips of writing, in any text. `facts`: numbers, dates or names
 * in the body; `text`: other words of it. The others are named for the part that changed: `headline`, `lead`, `photos`,
 * `captions`, `credits`, `byline`, `links`, `attachments`, `section`, `tags`.
 */
export function changesBetween(before: Content, after: Content): string[] {
  const headline = textChange(before.headline, after.headline);
  const lead = textChange(before.lead, after.lead);
  const text = textChange(before.text, after.text);
  const [old, now] = [parts(before), parts(after)];
  const differs = (name: keyof typeof old) => JSON.stringify(old[name]) !== JSON.stringify(now[name]);
  return [
    ...([headline, lead, text].includes('typo') ? ['typo'] : []),
    ...(isMore(headline) ? ['headline'] : []),
    ...(isMore(lead) ? ['lead'] : []),
    ...(text === 'words' || text === 'words and facts' ? ['text'] : []),
    ...(text === 'facts' || text === 'words and facts' ? ['facts'] : []),
    ...(differs('byline') ? ['byline'] : []),
    ...(differs('photos') ? ['photos'] : []),
    ...(captionsDiffer(before, after, ({ caption, alt }) => [caption, alt]) ? ['captions'] : []),
    ...(captionsDiffer(before, after, ({ credit }) => [credit]) ? ['credits'] : []),
    ...(['links', 'attachments', 'section', 'tags'] as const).filter(differs),
  ];
}

const isMore = (change: TextChange) => change !== 'none' && change !== 'typo';

function parts(article: Content) {
  return {
    headline: tidy(article.headline),
    lead: tidy(article.lead),
    text: tidy(article.text),
    byline: article.byline.map(tidy),
    photos: article.photos.map(({ url }) => url && plainFile(url)),
    links: linksIn(article.html),
    attachments: article.attachments.map(({ url }) => plainFile(url)),
    section: tidyOrNull(article.section),
    tags: article.tags.map(tidy).sort(byCodeUnit),
  };
}

/** Of photos that stand in both: what came or went with its photo is no change of its own. */
function captionsDiffer(before: Content, after: Content, of: (photo: Photo) => (string | null)[]): boolean {
  const old = byPhoto(before.photos, of);
  return [...byPhoto(after.photos, of)].some(([name, words]) => old.has(name) && old.get(name) !== words);
}

/** By address, and by place where several share one or have none. */
function byPhoto(photos: readonly Photo[], of: (photo: Photo) => (string | null)[]): Map<string, string> {
  const times = new Map<string, number>();
  return new Map(
    photos.map((photo) => {
      const name = photo.url === null ? '' : plainFile(photo.url);
      const time = times.get(name) ?? 0;
      times.set(name, time + 1);
      return [`${time} ${name}`, JSON.stringify(of(photo).map(tidyOrNull))];
    }),
  );
}

const renderingOnly =
  /^(?:v|ver|version|rev|t|ts|time|timestamp|_|rnd|rand|random|cb|cachebuster|nocache|w|width|h|height|q|quality|dpr|fit|resize|crop|auto|format|fm|s|sig|sign|signature|token|exp|expires|policy|key-pair-id|awsaccesskeyid|x-(?:amz|goog)-.*|hdn(?:ea|ts)|sv|sr|sp|se|st)$/i;

/** Of files that are signed anew with each reading, and carry the size and version that a template asks for. */
function plainFile(address: string): string {
  const url = URL.parse(address);
  if (!url?.search) return address;
  const kept = [...url.searchParams].filter(([name]) => !renderingOnly.test(name));
  url.search = new URLSearchParams(kept).toString();
  return url.href;
}

/** Those that readers can see. The body's HTML is our own sanitiser's, so attributes are in double quotes. */
function linksIn(html: string): string[] {
  const links = [...html.matchAll(/<a\s[^>]*?href="([^"]*)"[^>]*>(.*?)<\/a>/gs)];
  const shown = links.filter(([, , inner = '']) => inner.replace(/<(?!img|video|audio)[^>]*>/g, '').trim() !== '');
  return shown.map(([, href = '']) => {
    const address = href.replaceAll('&amp;', '&');
    return normalizeUrl(address) ?? address;
  });
}

function tidyOrNull(text: string | null): string | null {
  return text && tidy(text);
}
