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
}

export interface ChannelStore {
  /** Creates the row on first sight. */
  state(channelId: string, now: number): Promise<ChannelState>;
  all(): Promise<ChannelState[]>;
  update(channelId: string, change: Partial<Omit<ChannelState, 'channelId' | 'since'>>): Promise<void>;
}
