/** What became of each article's photos. */
import type { PhotoRecord } from '#src/core/rendition.ts';

export interface PhotoStore {
  /** Replaces the record of one photo. */
  save(record: PhotoRecord): Promise<void>;
  /** Of these articles' current photos, by article and position. */
  forArticles(articleIds: string[]): Promise<PhotoRecord[]>;
  /** A rendered photo with the same original address, caption and credit as before need not be fetched again. */
  find(articleId: string, url: string): Promise<PhotoRecord | null>;
  /** Drops records at `count` and beyond, after a revision with fewer photos. */
  trim(articleId: string, count: number): Promise<void>;
}
