/** The delivery rows and their attempts. Every change of state is one conditional UPDATE. */
import type { Attempt, Delivery, DeliveryState, Remote } from '#src/core/delivery.ts';
import type { Post } from '#src/core/post.ts';

export interface Claim {
  delivery: Delivery;
  /** The create's row, for an edit or a withdrawal. */
  create: Delivery | null;
}

/** Another new post of the channel is on its way, until then at most: its worker's lease. */
export interface Busy {
  busyUntil: number;
}

export interface DeliveryQuery {
  states?: DeliveryState[];
  channelId?: string;
  articleIds?: string[];
  limit: number;
}

export interface DeliveryStore {
  get(id: string): Promise<Delivery | null>;
  list(query: DeliveryQuery): Promise<Delivery[]>;
  counts(): Promise<{ channelId: string; state: DeliveryState; count: number }[]>;
  /**
   * Durable: `waiting | retry -> sending` when due, `fence + 1`, lease set, attempt row opened; null when taken, not
   * due, its article held (create, edit), or (edit, withdraw) when the create's outcome is not known yet or an older row of the same post is pending.
   * `fence`: as it was when whoever asks read the row and its tries; null when somebody has claimed it since.
   */
  claim(id: string, now: number, leaseUntil: number, aim?: ClaimAim, fence?: number): Promise<Claim | null>;
  /**
   * `claim` on a channel that keeps a pace: one new post at a time, however many processes ask. What was sent before is
   * therefore all there is to look at for the pace, once this is held. Corrections and withdrawals neither wait nor count.
   */
  claimAlone(id: string, now: number, leaseUntil: number, fence?: number): Promise<Claim | Busy | null>;
  /**
   * Durable: holds the claim until `leaseUntil`, guarded by `fence`. False when it was lost, or over before `now`.
   * `atGate`: what follows is the request, so from here on nobody knows whether it was sent until its end is recorded.
   */
  renew(id: string, fence: number, now: number, leaseUntil: number, atGate?: boolean): Promise<boolean>;
  /** Freezes the composed post; keeps and returns an earlier one. Guarded by `fence`. */
  freezePost(id: string, fence: number, post: Post): Promise<Post | null>;
  savePrepared(id: string, fence: number, prepared: unknown): Promise<boolean>;
  /** Ends a claim, guarded by `fence`: state, reason, remote, next time, and the attempt's result. False when the fence moved on. */
  record(id: string, fence: number, ending: Ending): Promise<boolean>;
  /**
   * Moves a row nobody holds (`waiting`, `retry`, `parked`) to another state; false when it changed meanwhile, or was
   * claimed since `fence`. `judged`: a person has looked what became of the tries of a row that had ended or was parked;
   * `prepareAgain`: what was prepared for these tries is of no use to the next; `composeAgain`: nor is the post itself.
   */
  move(
    id: string,
    from: DeliveryState[],
    to: DeliveryState,
    change: Change & { fence?: number; judged?: true; prepareAgain?: true; composeAgain?: true },
  ): Promise<boolean>;
  /** Durable: freezes the post of a row that waits for approval, and lets it go. False when it does not wait for that. */
  approve(id: string, approved: Approved): Promise<boolean>;
  /** Creates that wait for approval, those of the oldest articles first. */
  unapproved(limit: number): Promise<Delivery[]>;
  /** Due rows by channel, for the sweep; the urgent ones of a channel first. */
  due(now: number, limit: number): Promise<Pick<Delivery, 'id' | 'channelId' | 'urgent'>[]>;
  /** Rows in `sending` whose lease ended before `before`: their worker is dead or frozen. */
  stranded(before: number, limit: number): Promise<Delivery[]>;
  /** Claims that last beyond `limit` were made by a clock that has been set back since: they end at `until`. */
  shortenClaims(limit: number, until: number): Promise<void>;
  /** Ends every claim: only for whoever knows that no other worker lives, as the process that holds the lock on `data/`. */
  endClaims(now: number): Promise<void>;
  attempts(deliveryId: string): Promise<Attempt[]>;
  /**
   * Last time a create of this channel was sent, and of how many articles since `since`; for the pace. `besides`: an
   * article that does not count, as the posts for its single readers are one.
   */
  sentSince(channelId: string, since: number, besides?: string): Promise<{ last: number | null; count: number }>;
  /** Those of the ids at the service that another row of the channel acts on. */
  remotesOfOthers(channelId: string, deliveryId: string, remoteIds: readonly string[]): Promise<string[]>;
  /** A create that was sent by somebody else; false when the article has one on the channel that is more than skipped. */
  addFound(found: FoundPost): Promise<boolean>;
}

/** `look`: for a post that may stand, without sending anything. */
export type ClaimAim = 'send' | 'look';

export interface FoundPost {
  articleId: string;
  channelId: string;
  revision: number;
  key: string;
  remote: Remote;
  /** When it was posted; the row is as old. */
  at: number;
  reason: string;
}

export interface Approved {
  post: Post;
  by: string;
  now: number;
  /** From then on it may go, and from then on it ages. */
  dueAt: number;
  reason: string | null;
}

export interface Change {
  reason: string | null;
  /** When it goes on, `waiting` or `retry`; without it at once. */
  dueAt?: number | null;
  remote?: Remote;
  now: number;
}

export interface Ending extends Change {
  state: DeliveryState;
  /** Only while the claim holds until then: refused when its worker renewed it meanwhile, and so is alive. */
  leaseUntil?: number;
  /** For the attempt row. */
  result: string;
  detail?: string | null;
}
