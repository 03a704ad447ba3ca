/** How a built feed lies in the file store: a small pointer, replaced atomically, names the bytes it stands for. */

export interface FeedFile {
  /** Weak, so that the compressed forms share it; of the content without the time of building. */
  etag: string;
  /** When the content last changed, ISO 8601 in whole seconds; null for a feed that never had an entry. */
  lastModified: string | null;
  contentType: string;
  /** Name of the bytes: see `feedBlobName`. */
  blob: string;
  /** The bytes before, kept for readers who are still fetching them. */
  previousBlob: string | null;
  /** Uncompressed. */
  bytes: number;
  entries: number;
}

export const feedEncodings = ['raw', 'br', 'gz'] as const;
export type FeedEncoding = (typeof feedEncodings)[number];

/** A pointer's content; null when it does not read, which is as good as none: the next build writes it anew. */
export function parseFeedFile(content: string): FeedFile | null {
  try {
    const file = JSON.parse(content);
    const texts = [file.etag, file.contentType, file.blob];
    return texts.every((text) => typeof text === 'string') ? file : null;
  } catch {
    return null;
  }
}

export function feedFileName(feedId: string, format: string): string {
  return `feeds/${feedId}.${format}.json`;
}

export function feedBlobName(blob: string, encoding: FeedEncoding): string {
  return `feeds/blobs/${blob}.${encoding}`;
}

/** Path of a feed on the server. */
export function feedPath(feedId: string, format: string): string {
  return `/feeds/${feedId}.${format}`;
}
