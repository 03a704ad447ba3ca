/** What a provider checks of a post's record before it keeps it. */

export interface StoredBlob {
  link: string;
  mimeType: string;
  size: number;
}

export class XrpcError extends Error {
  readonly status: number;
  readonly error: string;
  constructor(status: number, error: string, message = error) {
    super(message);
    this.status = status;
    this.error = error;
  }
}

/** Throws an `XrpcError` for a record that does not fit the lexicon, or names blobs that are not there. */
export function checkPost(record: any, blobs: ReadonlyMap<string, StoredBlob>, imageLimit: number): void {
  must(record?.$type === 'app.bsky.feed.post', 'record type');
  must(typeof record.text === 'string', 'text');
  const graphemes = [...new Intl.Segmenter('en').segment(record.text)].length;
  must(graphemes <= 300, `text must not be longer than 300 graphemes (${graphemes})`);
  const bytes = Buffer.byteLength(record.text);
  must(bytes <= 3000, `text must not be longer than 3000 bytes (${bytes})`);
  must(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(record.createdAt), 'createdAt');
  must(!Number.isNaN(Date.parse(record.createdAt)), 'createdAt');
  must((record.langs ?? []).length <= 3 && (record.langs ?? []).every(isLanguage), 'langs');
  checkFacets(record);
  const { embed, reply } = record;
  if (embed?.$type === 'app.bsky.embed.images') {
    must(embed.images.length >= 1 && embed.images.length <= 4, 'images');
    for (const { image, alt, aspectRatio } of embed.images) {
      must(typeof alt === 'string', 'alt is required');
      if (aspectRatio) must(isCount(aspectRatio.width) && isCount(aspectRatio.height), 'aspectRatio');
      checkBlob(image, blobs, imageLimit);
    }
  } else if (embed) {
    must(embed.$type === 'app.bsky.embed.external', 'embed type');
    const { uri, title, description, thumb } = embed.external;
    must(URL.canParse(uri) && typeof title === 'string' && typeof description === 'string', 'external');
    if (thumb) checkBlob(thumb, blobs, 1_000_000);
  }
  for (const one of reply ? [reply.root, reply.parent] : []) must(one?.uri && one?.cid, 'reply');
}

/** Every blob a record names. */
export function blobsIn({ embed }: any): string[] {
  const images: any[] = embed?.images?.map(({ image }: any) => image) ?? [];
  return [...images, embed?.external?.thumb].filter(Boolean).map((blob) => blob.ref.$link);
}

function checkFacets({ text, facets = [] }: any): void {
  const bytes = Buffer.from(text);
  let last = 0;
  for (const { index, features } of facets) {
    const { byteStart, byteEnd } = index;
    must(byteStart >= last && byteEnd > byteStart && byteEnd <= bytes.length, 'facet index');
    must(!bytes.subarray(byteStart, byteEnd).toString().includes('\uFFFD'), 'facet cuts a character');
    must(features.length > 0, 'features');
    for (const feature of features) checkFeature(feature);
    last = byteEnd;
  }
}

function checkFeature({ $type, uri, tag, did }: any): void {
  if ($type === 'app.bsky.richtext.facet#link') must(/^[a-z][a-z\d+.-]*:\S+$/i.test(uri) && URL.canParse(uri), 'link');
  else if ($type === 'app.bsky.richtext.facet#tag') {
    must(typeof tag === 'string' && tag !== '' && !/^#|\s/.test(tag), 'tag');
    must([...new Intl.Segmenter('en').segment(tag)].length <= 64 && Buffer.byteLength(tag) <= 640, 'tag is too long');
  } else must($type === 'app.bsky.richtext.facet#mention' && /^did:/.test(did), 'feature');
}

const isCount = (value: unknown) => Number.isInteger(value) && Number(value) >= 1;
const isLanguage = (tag: unknown) => /^[a-z]{2,3}(-[A-Za-z\d]{2,8})*$/.test(String(tag));

function checkBlob(blob: any, blobs: ReadonlyMap<string, StoredBlob>, limit: number): void {
  must(blob?.$type === 'blob', 'blob');
  const stored = blobs.get(blob.ref?.$link);
  if (!stored) throw new XrpcError(400, 'BlobNotFound', `Could not find blob: ${blob.ref?.$link}`);
  if (stored.mimeType !== blob.mimeType || !stored.mimeType.startsWith('image/')) {
    throw new XrpcError(400, 'InvalidMimeType', 'Referenced MimeType does not match stored blob');
  }
  if (stored.size > limit || blob.size !== stored.size) {
    throw new XrpcError(
      400,
      'InvalidSize',
      `This file is too large. It is ${stored.size} but the maximum is ${limit}.`,
    );
  }
}

function must(holds: unknown, what: string): void {
  if (!holds) throw new XrpcError(400, 'InvalidRequest', `Invalid app.bsky.feed.post record: ${what}`);
}
