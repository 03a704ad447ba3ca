/** What happened to one reading, step by step: how a source's word became an article, or why it did not. */

export interface ReadingStep {
  at: number;
  kind: ReadingStepKind;
  /** For its sentence: a reason, how it was read, which article it is. */
  detail: string | null;
}

export type ReadingStepKind =
  /** A poll found it new or changed. */
  | 'found'
  /** Its source no longer lists it, or says that it is deleted. */
  | 'gone'
  /** Its page was not there. */
  | 'missing'
  /** It was gone before it was an article. */
  | 'lost'
  /** It stays: it still stands there, or elsewhere. */
  | 'stands'
  | 'failed'
  | 'left out'
  | 'read'
  /** Many known stories came under new ids at once: it waits unread. */
  | 'shift'
  | 'folded'
  /** Many new ones came at once: its posts wait. */
  | 'burst'
  | 'seen'
  | 'dripped';

/** The first step and the newest ones are kept. */
export const mostSteps = 30;

/** A reading, as its story is told. */
export interface ToldReading {
  id: string;
  sourceId: string;
  /** What its source calls it. */
  externalId: string;
  title: string | null;
  url: string | null;
  state: 'due' | 'done' | 'failed' | 'held';
  held: 'shift' | 'burst' | 'seen' | null;
  dueAt: number;
  story: readonly ReadingStep[];
}
