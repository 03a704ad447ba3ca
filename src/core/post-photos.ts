/** Which renditions go into a post. */
import type { Photo } from '#src/core/article.ts';
import { cutSentence } from '#src/core/cut.ts';
import { textLength } from '#src/core/length.ts';
import { withWords } from '#src/core/photo-words.ts';
import type { PostLimits, PostPhoto } from '#src/core/post.ts';
import { oneLine } from '#src/core/post-text.ts';
import { contentTypes, type PhotoRecord, type Rendition, renditionPath } from '#src/core/rendition.ts';

export interface PhotoChoice {
  most: number;
  limits: PostLimits;
  publicUrl: string;
}

/** Where a service names no limit: wide enough for every timeline, small enough for every upload. */
const widest = 1280;

/** The article's rendered photos in its order, and a plain sentence for each that is missing. */
export function choosePhotos(
  photos: readonly Photo[],
  records: readonly PhotoRecord[],
  { most, limits, publicUrl }: PhotoChoice,
): { photos: PostPhoto[]; notes: string[] } {
  const chosen: PostPhoto[] = [];
  const notes: string[] = [];
  const takes = Math.min(most, limits.photos);
  const pictured = photos.filter((photo) => photo.url !== null);
  for (const [index, photo] of pictured.entries()) {
    const record = records.find(({ url, hash }) => url === photo.url && hash !== null);
    const rendition = record && bestJpeg(record.renditions, limits.photo);
    if (record?.hash && rendition)
      chosen.push(postPhoto(withWords(photo, record.words), record.hash, rendition, { most, limits, publicUrl }));
    else
      notes.push(
        missing(
          index,
          pictured.length,
          records.find(({ url }) => url === photo.url),
        ),
      );
  }
  if (chosen.length > takes)
    notes.push(`${chosen.length - takes} of ${chosen.length} photos left out: the channel takes ${takes}`);
  return { photos: chosen.slice(0, takes), notes };
}

function bestJpeg(renditions: readonly Rendition[], most: PostLimits['photo']): Rendition | undefined {
  const jpegs = renditions.filter(({ format }) => format === 'jpeg').sort((a, b) => a.width - b.width);
  const fits = ({ width, height, bytes }: Rendition): boolean =>
    most ? bytes <= most.bytes && width * height <= most.pixels : width <= widest;
  return jpegs.findLast(fits) ?? jpegs[0];
}

function postPhoto(photo: Photo, hash: string, rendition: Rendition, { limits, publicUrl }: PhotoChoice): PostPhoto {
  const file = renditionPath(hash, rendition);
  const { width, height, bytes } = rendition;
  return {
    url: `${publicUrl}/${file}`,
    file,
    width,
    height,
    bytes,
    type: contentTypes[rendition.format],
    alt: altText(photo, limits.altLength),
    caption: photo.caption && oneLine(photo.caption),
    credit: photo.credit && oneLine(photo.credit),
  };
}

/** The alt text as written, else the caption with its credit: it at least names who is seen. */
function altText({ alt, caption, credit }: Photo, longest: number | null): string | null {
  const text = oneLine(alt || (caption && credit ? `${caption} (${credit})` : (caption ?? '')));
  if (text === '') return null;
  if (longest === null) return text;
  return cutSentence(text, (part) => textLength(part, 'utf-16 units') <= longest) || null;
}

function missing(index: number, count: number, record: PhotoRecord | undefined): string {
  return `photo ${index + 1} of ${count} is missing: ${record?.failure ?? 'it was not rendered'}`;
}
