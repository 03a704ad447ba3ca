import type { Moments } from '#src/console/moments.ts';
import type { Words } from '#src/console/words-en.ts';
import type { Visitor } from '#src/core/page.ts';
import type { Telling } from '#src/core/standing.ts';
import { tellReason } from '#src/core/told-reason.ts';

/** The newsroom, as pages name it. */
export interface Site {
  name: string;
  /** BCP 47. */
  language: string;
}

/** Who looks at a page, when, and in which words. */
export interface Looking extends Moments {
  words: Words;
  visitor: Visitor;
  site: Site;
}

/** The same for the core's sentences. */
export function telling({ now, zone, words }: Looking): Required<Telling> {
  return { now, zone, words: words.story };
}

/** A sentence of the ledger, in the page's language where it is one of ours. */
export function told(reason: string, { words }: Looking): string {
  return tellReason(reason, words.story.reasons);
}
