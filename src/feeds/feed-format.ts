/** A form in which a feed is written: one file per format, listed in `registry.ts`. */
import type { FeedDocument } from '#src/feeds/document.ts';

export interface FeedFormat {
  /** Ending of the address: `/feeds/ID.NAME`. */
  name: string;
  /** For people. */
  title: string;
  contentType: string;
  /** The complete document; no I/O, no clock. */
  render(document: FeedDocument): string;
  /** Throws with line and column when `text` is not well-formed. */
  verify(text: string): void;
}
