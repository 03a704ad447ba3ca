/** An article's full text for readers: its photos at their place, from our own addresses. */
import { isIP } from 'node:net';
import type { StoredArticle } from '#src/core/article.ts';
import type { EntryPhoto, PhotoFile } from '#src/feeds/entry-photos.ts';
import { escapeHtml } from '#src/markup/html-text.ts';
import { type NewImage, rewriteImages } from '#src/markup/images.ts';

/** HTML; everything but the `img` elements is the article's own. */
export function entryContent(article: StoredArticle, photos: readonly EntryPhoto[]): string {
  return rewriteImages(withCaptions(article, photos), (src) => {
    const photo = photos.find(({ original }) => original === src);
    if (photo) return ourImage(photo);
    return isForReaders(src) ? null : 'drop';
  });
}

/** A caption that only the photo's own metadata tells goes under it; the others stand in the text already. */
function withCaptions({ html, photos: printed }: StoredArticle, photos: readonly EntryPhoto[]): string {
  const told = photos.filter(({ original, caption }) => {
    return caption !== null && printed.some(({ url, caption: own }) => url === original && own === null);
  });
  if (told.length === 0) return html;
  return html.replace(/(<figure><img\b[^<>]*\bsrc="([^"<>]*)"[^<>]*>)<\/figure>/g, (whole, start, src) => {
    const photo = told.find(({ original }) => escapeHtml(original) === src);
    if (!photo) return whole;
    const credit = photo.credit === null ? '' : ` (${photo.credit})`;
    return `${start}<figcaption>${escapeHtml(`${photo.caption}${credit}`)}</figcaption></figure>`;
  });
}

/** Readers that know no `picture`, and those that take it out, are left with the JPEG files. */
function ourImage(photo: EntryPhoto): NewImage {
  const { url, width, height, alt, renditions, newer } = photo;
  const sizes = `(max-width: ${width}px) 100vw, ${width}px`;
  const several = renditions.length > 1 && { srcset: sourceSet(renditions), sizes };
  const sources = newer.map((files) => ({ type: files[0]!.type, srcset: sourceSet(files), sizes }));
  return { src: url, width, height, sources, ...several, ...(alt !== null && { alt }) };
}

function sourceSet(files: readonly PhotoFile[]): string {
  return files.map((file) => `${file.url} ${file.width}w`).join(', ');
}

/**
 * A photo that we could not render may well show from the newsroom's own address, and its caption stays with it. Only
 * addresses that mean nothing to readers, or that would send them into somebody's own network, are left out.
 */
function isForReaders(src: string): boolean {
  const url = URL.parse(src);
  if (!url || !/^https?:$/.test(url.protocol)) return false;
  const host = url.hostname.replace(/^\[|\]$|\.$/g, '');
  return isIP(host) === 0 && host.includes('.') && !/\.(local|localhost|internal|home|lan)$/.test(host);
}
