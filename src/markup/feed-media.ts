/** Photos and files of one feed entry. */
import { absoluteUrl, decodeEntity } from '#src/markup/html-text.ts';
import type { ParsedEntry, ParsedPhoto } from '#src/markup/parsed-feed.ts';
import { plainTitle } from '#src/markup/plain-title.ts';

interface MediaText {
  value?: string;
}

interface MediaContent {
  url?: string;
  type?: string;
  medium?: string;
  width?: number;
  height?: number;
  title?: MediaText;
  description?: MediaText;
  credits?: MediaText[];
  thumbnails?: { url?: string; width?: number; height?: number }[];
}

interface Media extends MediaContent {
  groups?: (MediaContent & { contents?: MediaContent[] })[];
  contents?: MediaContent[];
}

/** One photo per group (its largest file) and per lone picture; thumbnails only where there is nothing else. */
export function mediaPhotos(media: Media | undefined): ParsedPhoto[] {
  if (!media) return [];
  const grouped = (media.groups ?? []).flatMap((group) => {
    const largest = (group.contents ?? []).filter(isImage).sort((a, b) => (b.width ?? 0) - (a.width ?? 0))[0];
    return largest ? [toPhoto(largest, group)] : [];
  });
  const lone = largestOfEach((media.contents ?? []).filter(isImage)).map((content) => toPhoto(content, media));
  const photos = [...grouped, ...lone].filter((photo) => photo !== null);
  if (photos.length > 0) return photos;
  return (media.thumbnails ?? []).flatMap((thumbnail) => toPhoto(thumbnail, media) ?? []);
}

/** The same picture in several sizes differs in its query alone. */
function largestOfEach(contents: MediaContent[]): MediaContent[] {
  const byPath = Map.groupBy(contents, ({ url = '' }) => url.replace(/[?#].*/, ''));
  return [...byPath.values()].map((sizes) => sizes.toSorted((a, b) => (b.width ?? 0) - (a.width ?? 0))[0]!);
}

interface EntryFile {
  url?: string | undefined;
  type?: string | undefined;
  bytes?: number | undefined;
  title?: string | undefined;
}

/**
 * Photos from the first place that has any: media, image enclosures, the body's first picture. The other files are
 * attachments.
 */
export function photosAndAttachments(
  named: ParsedPhoto[],
  files: EntryFile[],
  body: string | undefined,
  address: string,
): Pick<ParsedEntry, 'photos' | 'attachments'> {
  const enclosed = files
    .filter(({ type }) => type?.startsWith('image/'))
    .map(({ url = '', title }) => ({ url, ...(title && { caption: title }) }));
  const photos = new Map<string, ParsedPhoto>();
  for (const photo of firstThatHasAny(named, enclosed, body)) {
    const url = absoluteUrl(photo.url, address);
    if (url && !photos.has(url)) photos.set(url, { ...photo, url });
  }
  const attachments = files
    .filter(({ type }) => !type?.startsWith('image/'))
    .flatMap(({ url: href, type, bytes, title }) => {
      const url = absoluteUrl(href, address);
      return url ? [{ url, ...(type && { type }), ...(bytes && { bytes }), ...(title && { title }) }] : [];
    });
  return { photos: [...photos.values()], attachments };
}

function firstThatHasAny(named: ParsedPhoto[], enclosed: ParsedPhoto[], body: string | undefined): ParsedPhoto[] {
  if (named.length > 0) return named;
  if (enclosed.length > 0) return enclosed;
  const url = /<img\b[^>]*?\ssrc\s*=\s*["']?([^"'\s>]+)/i.exec(body ?? '')?.[1];
  return url && !url.startsWith('data:') ? [{ url: decodeEntity(url) }] : [];
}

function isImage({ medium, type, url }: MediaContent): boolean {
  if (medium || type) return medium === 'image' || type?.startsWith('image/') === true;
  return /\.(?:jpe?g|png|webp|avif|gif)(?:$|[?#])/i.test(url ?? '');
}

function toPhoto(content: MediaContent, around: MediaContent): ParsedPhoto | null {
  if (!content.url) return null;
  const caption = plainTitle(content.description?.value ?? around.description?.value ?? content.title?.value);
  const credit = plainTitle(
    (content.credits ?? around.credits)
      ?.map(({ value }) => value)
      .filter(Boolean)
      .join(', '),
  );
  const { url, width, height } = content;
  return {
    url,
    ...(caption && { caption }),
    ...(credit && { credit }),
    ...(width && { width }),
    ...(height && { height }),
  };
}
