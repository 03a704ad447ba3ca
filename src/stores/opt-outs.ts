/** Who wants no more posts of a channel that sends each reader one of their own. */
export interface OptOutStore {
  has(channelId: string, part: string): Promise<boolean>;
  /** Durable, and safe to repeat. */
  add(channelId: string, part: string, now: number): Promise<void>;
  list(channelId: string): Promise<{ part: string; at: number }[]>;
  /** They asked for it again. */
  remove(channelId: string, part: string): Promise<void>;
}
