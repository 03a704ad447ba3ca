/** An article's photos as a feed shows them: our own files, with everything the newsroom said of each. */
import type { StoredArticle } from '#src/core/article.ts';
import { withWords } from '#src/core/photo-words.ts';
import {
  cardPath,
  cardSize,
  contentTypes,
  type PhotoFormat,
  type PhotoRecord,
  type Rendition,
  renditionPath,
} from '#src/core/rendition.ts';

export interface PhotoFile {
  url: string;
  width: number;
  height: number;
  bytes: number;
  type: string;
}

export interface EntryPhoto extends PhotoFile {
  /** The original's address, as it stands in the article's text. */
  original: string;
  caption: string | null;
  credit: string | null;
  alt: string | null;
  thumbnail: PhotoFile;
  /** All JPEG files, narrowest first. */
  renditions: PhotoFile[];
  /** The same in newer formats, the smallest in bytes first; a format only once every width of it is there. */
  newer: PhotoFile[][];
  /** For links and banners; null for a photo from before there were cards. */
  card: PhotoFile | null;
}

/** Wide enough for every reader that asks for 1200 pixels, and no heavier. */
const mainWidth = 1280;
const thumbnailWidth = 320;

/** Photos with files, in the article's order. Itself and its thumbnail are JPEG: every feed reader shows it. */
export function entryPhotos(article: StoredArticle, records: readonly PhotoRecord[], publicUrl: string): EntryPhoto[] {
  return article.photos.flatMap((photo, position) => {
    if (photo.url === null) return [];
    const record = recordOf(records, photo.url, position);
    const files = record ? filesOf(record, 'jpeg', publicUrl) : [];
    const main = files.findLast((file) => file.width <= mainWidth) ?? files[0];
    if (!main) return [];
    const thumbnail = files.find((file) => file.width >= thumbnailWidth) ?? main;
    const { caption, credit, alt } = withWords(photo, record?.words);
    const { url: original } = photo;
    const newer = (['avif', 'webp'] as const)
      .map((format) => filesOf(record!, format, publicUrl))
      .filter(({ length }) => length === files.length);
    const card = cardOf(record!, publicUrl);
    return [{ ...main, original, caption, credit, alt, thumbnail, renditions: files, newer, card }];
  });
}

/** By place and address: a revision may have moved a photo, or put another one in its place. */
function recordOf(records: readonly PhotoRecord[], url: string, position: number): PhotoRecord | undefined {
  const same = records.filter((record) => record.url === url);
  return same.find((record) => record.position === position) ?? same[0];
}

function filesOf({ hash, renditions }: PhotoRecord, format: PhotoFormat, publicUrl: string): PhotoFile[] {
  if (hash === null) return [];
  return renditions
    .filter((rendition) => rendition.format === format)
    .sort((a, b) => a.width - b.width)
    .map((rendition) => photoFile(hash, rendition, publicUrl));
}

function photoFile(hash: string, { width, height, format, bytes }: Rendition, publicUrl: string): PhotoFile {
  const url = `${publicUrl}/${renditionPath(hash, { width, format })}`;
  return { url, width, height, bytes, type: contentTypes[format] };
}

function cardOf({ hash, cardBytes }: PhotoRecord, publicUrl: string): PhotoFile | null {
  if (hash === null || cardBytes === undefined) return null;
  return { url: `${publicUrl}/${cardPath(hash)}`, ...cardSize, bytes: cardBytes, type: contentTypes.jpeg };
}
