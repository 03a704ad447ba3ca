/** What became of each article's photos. */
import type { PhotoRecord, Rendition } from '#src/core/rendition.ts';

export interface PhotoStore {
  /** Replaces the record of one photo. */
  save(record: PhotoRecord): Promise<void>;
  /**
   * Adds files to the record that has this hash, in place of those of the same width and format; keeps the others,
   * whoever saves them meanwhile. False when the record is of other files by now.
   */
  addRenditions(
    photo: Pick<PhotoRecord, 'articleId' | 'position'> & { hash: string },
    renditions: readonly Rendition[],
  ): Promise<boolean>;
  /** Of these articles' current photos, by article and position. */
  forArticles(articleIds: string[]): Promise<PhotoRecord[]>;
  /** A rendered photo with the same original address, caption and credit as before need not be fetched again. */
  find(articleId: string, url: string): Promise<PhotoRecord | null>;
  /** Drops records at `count` and beyond, after a revision with fewer photos. */
  trim(articleId: string, count: number): Promise<void>;
}
