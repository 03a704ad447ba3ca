/** Which renditions go into a post. */
import type { Photo } from '#src/core/article.ts';
import { captionLine } from '#src/core/caption-line.ts';
import { cutSentence } from '#src/core/cut.ts';
import { startOf, textLength } from '#src/core/length.ts';
import {
  type FitOrder,
  type FittedPhoto,
  type Fitting,
  fitName,
  fitsLimits,
  largestJpeg,
  showsDocument,
} from '#src/core/photo-fit.ts';
import { withWords } from '#src/core/photo-words.ts';
import type { PostLimits, PostPhoto } from '#src/core/post.ts';
import { oneLine } from '#src/core/post-text.ts';
import { contentTypes, type PhotoRecord, type Rendition, renditionPath } from '#src/core/rendition.ts';

export interface PhotoChoice {
  most: number;
  limits: PostLimits;
  publicUrl: string;
  /** What became of the orders that `fitOrders` gives, by their target. */
  fitted?: ReadonlyMap<string, Fitting>;
}

/** Where a service names no limit: wide enough for every timeline, small enough for every upload. */
const widest = 1280;

/** The article's rendered photos in its order, and a plain sentence for each that is missing. */
export function choosePhotos(
  photos: readonly Photo[],
  records: readonly PhotoRecord[],
  choice: PhotoChoice,
): { photos: PostPhoto[]; notes: string[] } {
  const chosen: PostPhoto[] = [];
  const notes: string[] = [];
  const takes = mostPhotos(choice);
  const pictured = photos.filter((photo) => photo.url !== null);
  for (const [index, photo] of pictured.entries()) {
    const file = fileOf(photo, records, choice);
    if ('failure' in file) notes.push(`photo ${index + 1} of ${pictured.length} is missing: ${file.failure}`);
    else chosen.push(postPhoto(withWords(photo, file.record.words), file, choice));
  }
  if (chosen.length > takes)
    notes.push(`${chosen.length - takes} of ${chosen.length} photos left out: the channel takes ${takes}`);
  return { photos: chosen.slice(0, takes), notes };
}

/** Files to be made before the photos are chosen: of those that would go into the post and fit as no file that stands. */
export function fitOrders(
  photos: readonly Photo[],
  records: readonly PhotoRecord[],
  choice: Pick<PhotoChoice, 'most' | 'limits'>,
): FitOrder[] {
  const rendered = photos.filter((photo) => recordOf(photo, records)).slice(0, mostPhotos(choice));
  return rendered.flatMap((photo) => fitOrder(photo, recordOf(photo, records)!, choice.limits) ?? []);
}

const mostPhotos = ({ most, limits }: Pick<PhotoChoice, 'most' | 'limits'>): number => Math.min(most, limits.photos);

type Rendered = PhotoRecord & { hash: string };

function recordOf({ url }: Photo, records: readonly PhotoRecord[]): Rendered | undefined {
  return records.find((record): record is Rendered => url !== null && record.url === url && record.hash !== null);
}

function fitOrder(photo: Photo, record: Rendered, { photo: limits }: PostLimits): FitOrder | null {
  const source = largestJpeg(record);
  if (!limits || !source || bestJpeg(record.renditions, limits)) return null;
  const keepWhole = showsDocument(photo);
  const target = fitName(record.hash, limits, keepWhole);
  return { source: renditionPath(record.hash, source), target, limits, keepWhole };
}

interface PhotoFile extends FittedPhoto {
  record: Rendered;
}

function fileOf(photo: Photo, records: readonly PhotoRecord[], choice: PhotoChoice): PhotoFile | { failure: string } {
  const record = recordOf(photo, records);
  if (!record) {
    return { failure: records.find(({ url }) => url === photo.url)?.failure ?? 'it was not rendered' };
  }
  const order = fitOrder(photo, record, choice.limits);
  const fitted = order && choice.fitted?.get(order.target);
  if (fitted) return 'failure' in fitted ? fitted : { record, ...fitted };
  const rendition = bestJpeg(record.renditions, choice.limits.photo) ?? smallestJpeg(record.renditions);
  if (!rendition) return { failure: 'it was not rendered' };
  const { width, height, bytes } = rendition;
  return { record, file: renditionPath(record.hash, rendition), width, height, bytes };
}

function bestJpeg(renditions: readonly Rendition[], most: PostLimits['photo']): Rendition | undefined {
  return jpegsOf(renditions).findLast((one) => (most ? fitsLimits(one, most) : one.width <= widest));
}

const smallestJpeg = (renditions: readonly Rendition[]) => jpegsOf(renditions)[0];

function jpegsOf(renditions: readonly Rendition[]): Rendition[] {
  return renditions.filter(({ format }) => format === 'jpeg').sort((a, b) => a.width - b.width);
}

function postPhoto(photo: Photo, made: PhotoFile, { limits, publicUrl }: PhotoChoice): PostPhoto {
  const { file, width, height, bytes } = made;
  return {
    url: `${publicUrl}/${file}`,
    file,
    width,
    height,
    bytes,
    type: contentTypes.jpeg,
    alt: altText(photo, limits.altLength),
    caption: photo.caption && oneLine(photo.caption),
    credit: photo.credit && oneLine(photo.credit),
  };
}

/** The alt text as written, else the caption with its credit: it at least names who is seen. */
function altText({ alt, caption, credit }: Photo, longest: number | null): string | null {
  const text = oneLine(alt ?? '') || (caption ? oneLine(captionLine({ caption, credit })) : '');
  if (text === '') return null;
  if (longest === null) return text;
  return cutSentence(startOf(text, longest + 1), (part) => textLength(part, 'utf-16 units') <= longest) || null;
}
