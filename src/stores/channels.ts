/** What is remembered of each channel beside its settings. */

export interface ChannelState {
  channelId: string;
  /** First seen by this ledger: articles before it are never posted there. */
  since: number;
  paused: boolean;
  pausedReason: string | null;
  account: string | null;
  facts: Readonly<Record<string, unknown>>;
  /** Failures in a row, and until when the breaker stays open. */
  failures: number;
  openUntil: number | null;
  /** When the posts that the account had before were looked at; null: not yet. */
  historyAt: number | null;
  /** When its credentials end, as its service says; null: not known, or never. Milliseconds. */
  expiresAt: number | null;
}

/** When a channel rests: after so many failures in a row, from `shortest` on, doubling up to `longest` milliseconds. */
export interface RestRule {
  failures: number;
  shortest: number;
  longest: number;
}

export interface ChannelStore {
  /** Creates the row on first sight. */
  state(channelId: string, now: number): Promise<ChannelState>;
  all(): Promise<ChannelState[]>;
  update(channelId: string, change: Partial<Omit<ChannelState, 'channelId' | 'since'>>): Promise<void>;
  /**
   * One more failure in a row, whoever else counts at the same time; gives how many there are now. The channel rests by
   * the rule or until `askedUntil`, whichever is later, and never shorter than it was to rest before.
   */
  countFailure(channelId: string, failed: { now: number; askedUntil: number | null; rule: RestRule }): Promise<number>;
  /** No failures and no rest any more; false when there were none. */
  endFailures(channelId: string): Promise<boolean>;
  /** Rests until `until` again unless it rests already: true for one of all that ask once a rest is over. */
  takeProbe(channelId: string, now: number, until: number): Promise<boolean>;
}
