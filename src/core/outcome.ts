/** Expected endings are values in closed unions; exceptions mean bugs or broken infrastructure. */
import type { Remote } from '#src/core/delivery.ts';

/** What a job says of its own run; anything thrown is retried with growing delays. */
export type Outcome =
  | { kind: 'done' }
  /** Again at this time (milliseconds), without using up an attempt. */
  | { kind: 'later'; at: number }
  /** Never again; the reason is shown to ops. */
  | { kind: 'rejected'; reason: string };

export const done: Outcome = { kind: 'done' };
export const later = (at: number): Outcome => ({ kind: 'later', at });
export const rejected = (reason: string): Outcome => ({ kind: 'rejected', reason });

/** What became of the one visible request. */
export type SendResult =
  /**
   * `restUntil`: it went through, and the service says that it takes nothing more before then. `notes`: what it went
   * without, in plain words.
   */
  | { kind: 'sent'; id: string; url: string | null; restUntil?: number; notes?: readonly string[] }
  /**
   * Nobody can have seen it: safe to try again, `tries` times in all where more would be pointless. `prepareAgain`:
   * what was prepared is of no use any more.
   */
  | { kind: 'notSent'; reason: string; retryAt?: number; tries?: number; prepareAgain?: true }
  /** It may or may not stand there: settled by the channel's class, never repeated blindly. */
  | { kind: 'ambiguous'; reason: string; retryAt?: number }
  /**
   * It will never be taken: this post (`item`), or any post until a person acts (`channel`). `mayBeGeneral`: of this post
   * as far as the service says, but several in a row are the channel's.
   */
  | { kind: 'permanent'; scope: 'item' | 'channel'; reason: string; mayBeGeneral?: true };

export const sent = (remote: Remote): SendResult => ({ kind: 'sent', id: remote.id, url: remote.url });
