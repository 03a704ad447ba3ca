/** WebSub: the hubs that tell of a source's changes, and what they were asked. */

export interface Subscription {
  /** Part of the callback's address, and what a hub is known by. */
  token: string;
  sourceId: string;
  hub: string;
  topic: string;
  /** Where the hub is asked to send. */
  callback: string;
  /** What deliveries are signed with; null: the hub was never given one. */
  secret: string | null;
  /** False: the hub is asked to end it. At most one of a source is wanted. */
  wanted: boolean;
  /** What the hub was asked and has not verified yet. */
  pending: 'subscribe' | 'unsubscribe' | null;
  /** Until when the hub has promised to tell; null: it has not. Milliseconds, as all times here. */
  leaseUntil: number | null;
  /** In a row. */
  failures: number;
  failingSince: number | null;
  error: string | null;
  /** When the hub is asked next. */
  nextAt: number;
}

export interface SubscriptionStore {
  /** Whether a hub has promised to tell of the source's changes now. */
  active(sourceId: string, now: number): Promise<boolean>;
  find(token: string): Promise<Subscription | null>;
  /** The one that is wanted. */
  of(sourceId: string): Promise<Subscription | null>;
  /** The one that is wanted and those that are to be ended. */
  allOf(sourceId: string): Promise<Subscription[]>;
  /** Replaces what was wanted before, which is to be ended; null: nothing is wanted any more. */
  want(
    sourceId: string,
    wanted: Pick<Subscription, 'token' | 'hub' | 'topic' | 'callback'> | null,
    now: number,
  ): Promise<void>;
  allWanted(): Promise<Subscription[]>;
  due(now: number, limit: number): Promise<Subscription[]>;
  update(
    token: string,
    change: Partial<
      Pick<Subscription, 'secret' | 'pending' | 'leaseUntil' | 'failures' | 'failingSince' | 'error' | 'nextAt'>
    >,
  ): Promise<void>;
  /** Durable: the hub has verified what is pending. False when that is nothing, or something else. */
  verify(
    token: string,
    mode: 'subscribe' | 'unsubscribe',
    then: { leaseUntil: number; nextAt: number },
  ): Promise<boolean>;
  remove(token: string): Promise<void>;
}
