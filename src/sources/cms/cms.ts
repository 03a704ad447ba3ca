/** What is asked of a content management system, whichever it is. */
import type { Validators } from '#src/core/conditional.ts';
import type { CmsPost } from '#src/sources/cms/post.ts';

/** They hold for the very address they were given for. */
export type ListValidators = Validators & { url: string };

export interface Listed {
  posts: CmsPost[];
  /** Posts that are not for readers, or not understood. */
  leftOut: LeftOut[];
  /** How many pages were asked for. */
  pages: number;
  /** Whether there is nothing beyond them. */
  isAll: boolean;
  validators: ListValidators | null;
  notBefore: number | null;
}

export interface LeftOut {
  id: string;
  title: string | null;
  modified: number;
  reason: string;
}

export interface Latest {
  posts: { id: string; published: number }[];
  /** Whether there are no others. */
  isAll: boolean;
}

/** Everything throws as `Source.poll` does. */
export interface Cms {
  /** The newest by publication, one page. */
  newest(): Promise<Listed>;
  /** Edited after `at` (milliseconds), by the time of the edit, the oldest first; from a page of that list on. */
  changedSince(at: number, validators: ListValidators | null, from?: number): Promise<Listed>;
  /** The newest by publication, nothing but that: what came out on its day without an edit, and what is missing there. */
  latest(): Promise<Latest>;
  byIds(ids: readonly string[]): Promise<Listed>;
  /** Those of the ids that readers may see. */
  present(ids: readonly string[]): Promise<ReadonlySet<string>>;
}
