/** How the queues stand, and what a person may do with them. */

export interface QueueStanding {
  name: string;
  isPaused: boolean;
  /** Free to run now. */
  waiting: number;
  active: number;
  /** Their time is still ahead. */
  delayed: number;
  /** Parents whose children have not ended. */
  blocked: number;
  failed: number;
  /** Since when the one that waits longest could have run; null when none waits. Milliseconds. */
  oldestWaitingAt: number | null;
  /** Since when the one that runs longest runs. */
  oldestActiveAt: number | null;
}

/** `name` null: all of them. Each throws `UserError` for a queue that is not there. */
export interface QueueControl {
  /** In the order of the settings. Rejects within seconds when the queue is away. */
  standings(): Promise<QueueStanding[]>;
  /** What runs ends; nothing new is begun, by any process. */
  pause(name: string | null): Promise<void>;
  resume(name: string | null): Promise<void>;
  /** Failed jobs run again; gives how many. */
  retry(name: string | null): Promise<number>;
}
