/** What an original's own metadata says of it: the last resort for a photo of which the page says nothing. */
import type { Photo } from '#src/core/article.ts';

export interface PhotoWords {
  caption: string | null;
  credit: string | null;
  /** For those who cannot see it. */
  alt: string | null;
}

/** Whoever printed a caption has said what is to be said; who cannot see the photo is told either way. */
export function withWords(photo: Photo, words: PhotoWords | null | undefined): Photo {
  if (!words) return photo;
  const alt = photo.alt ?? words.alt;
  if (photo.caption !== null) return { ...photo, alt };
  return { ...photo, alt, caption: words.caption, credit: photo.credit ?? words.credit };
}
