/** Which feeds need building. */

export interface FeedState {
  feedId: string;
  /** Grows with each change that concerns the feed. */
  wanted: number;
  /** The value of `wanted` that the newest files hold. */
  built: number;
  builtAt: number | null;
  entries: number;
  error: string | null;
}

export interface FeedStore {
  all(): Promise<FeedState[]>;
  /** One more change; creates the row. */
  touch(feedIds: string[]): Promise<void>;
  state(feedId: string): Promise<FeedState>;
  recordBuild(
    feedId: string,
    build: { wanted: number; entries: number; now: number; error: string | null },
  ): Promise<void>;
}
