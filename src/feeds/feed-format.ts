/** A form in which a feed is written: one file per format, listed in `registry.ts`. */
import type { FeedDocument } from '#src/feeds/document.ts';
import type { Entry } from '#src/feeds/entry.ts';

/**
 * Written in parts, so that an entry that did not change is not written again: `opening`, the entries with `separator`
 * between them, `closing`. No I/O, no clock. Every text of a document is `printable`.
 */
export interface FeedFormat {
  /** Ending of the address: `/feeds/ID.NAME`. */
  name: string;
  /** For people. */
  title: string;
  contentType: string;
  /** Everything before the first entry; of the entries it may use no more than how many there are. */
  opening(document: FeedDocument): string;
  /** Complete in itself: whatever it opens it closes. Depends on the entry and on `language`, the feed's, alone. */
  entry(entry: Entry, language: string): string;
  separator: string;
  closing(document: FeedDocument): string;
  /** Throws with line and column when `text` is not well-formed. */
  verify(text: string): void;
}
