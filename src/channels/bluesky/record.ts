/** A post as Bluesky keeps it: text, what is behind pieces of it by byte, and one thing below it. */
import { postCollection } from '#src/channels/bluesky/address.ts';
import { textLength } from '#src/core/length.ts';
import type { Post, Segment } from '#src/core/post.ts';

/** What an upload gives, handed back as it came. */
export interface Blob {
  readonly ref: { readonly $link: string };
  readonly [name: string]: unknown;
}

export interface RecordPhoto {
  blob: Blob;
  alt: string | null;
  width: number;
  height: number;
}

/** A record that is named with its content. */
export interface Named {
  uri: string;
  cid: string;
}

export interface RecordParts {
  /** Milliseconds. */
  createdAt: number;
  photos: readonly RecordPhoto[];
  thumb: Blob | null;
  reply: { root: Named; parent: Named } | null;
}

/** Photos below the text, or without any a card of the article. Nothing is found in the text by Bluesky itself. */
export function recordOf(post: Post, { createdAt, photos, thumb, reply }: RecordParts): object {
  const { text, facets } = richText(post.segments);
  const langs = languagesOf(post.language);
  const embed = photos.length > 0 ? imagesOf(photos) : cardOf(post, thumb);
  return {
    $type: postCollection,
    text,
    createdAt: new Date(createdAt).toISOString(),
    ...(langs.length > 0 && { langs }),
    ...(facets.length > 0 && { facets }),
    ...(embed && { embed }),
    ...(reply && { reply }),
  };
}

/** The text, and the facets over it: offsets are in bytes of UTF-8. */
export function richText(segments: readonly Segment[]): { text: string; facets: object[] } {
  const facets: object[] = [];
  let text = '';
  let byteStart = 0;
  for (const segment of segments) {
    const piece = segment.text.toWellFormed().normalize('NFC');
    const byteEnd = byteStart + Buffer.byteLength(piece);
    const feature = featureOf(segment, piece);
    if (feature && byteEnd > byteStart) facets.push({ index: { byteStart, byteEnd }, features: [feature] });
    text += piece;
    byteStart = byteEnd;
  }
  return { text, facets };
}

const feature = 'app.bsky.richtext.facet';

/** Without one it is plain text: a mention too, which addresses nobody then. */
function featureOf(segment: Segment, shown: string): object | null {
  if (segment.kind === 'link') {
    return URL.canParse(segment.url) ? { $type: `${feature}#link`, uri: segment.url } : null;
  }
  if (segment.kind !== 'hashtag') return null;
  const tag = shown.replace(/^#/, '');
  const fits = tag !== '' && textLength(tag, 'graphemes') <= 64 && Buffer.byteLength(tag) <= 640;
  return fits ? { $type: `${feature}#tag`, tag } : null;
}

function imagesOf(photos: readonly RecordPhoto[]): object {
  const images = photos.map(({ blob, alt, width, height }) => ({
    image: blob,
    alt: alt ?? '',
    ...(width >= 1 && height >= 1 && { aspectRatio: { width: Math.round(width), height: Math.round(height) } }),
  }));
  return { $type: 'app.bsky.embed.images', images };
}

/** Bluesky looks at no page itself. */
function cardOf({ link, article }: Post, thumb: Blob | null): object | null {
  if (!URL.canParse(link)) return null;
  const { headline: title, summary: description } = article;
  return { $type: 'app.bsky.embed.external', external: { uri: link, title, description, ...(thumb && { thumb }) } };
}

function languagesOf(language: string): string[] {
  try {
    return Intl.getCanonicalLocales(language).slice(0, 3);
  } catch {
    return [];
  }
}
