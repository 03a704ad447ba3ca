/** An article's full text for readers: its photos at their place, from our own addresses. */
import { isIP } from 'node:net';
import type { StoredArticle } from '#src/core/article.ts';
import type { EntryPhoto } from '#src/feeds/entry-photos.ts';
import { type NewImage, rewriteImages } from '#src/markup/images.ts';

/** HTML; everything but the `img` elements is the article's own. */
export function entryContent(article: StoredArticle, photos: readonly EntryPhoto[]): string {
  return rewriteImages(article.html, (src) => {
    const photo = photos.find(({ original }) => original === src);
    if (photo) return ourImage(photo);
    return isForReaders(src) ? null : 'drop';
  });
}

function ourImage(photo: EntryPhoto): NewImage {
  const { url, width, height, alt, renditions } = photo;
  const several = renditions.length > 1 && {
    srcset: renditions.map((file) => `${file.url} ${file.width}w`).join(', '),
    sizes: `(max-width: ${width}px) 100vw, ${width}px`,
  };
  return { src: url, width, height, ...several, ...(alt !== null && { alt }) };
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
