/** One alert per cause, until it is over. */

export interface Alert {
  /** What makes two alerts one: `source:portal:unreachable`. */
  cause: string;
  message: string;
  next: string | null;
  firstSeenAt: number;
  lastSeenAt: number;
  count: number;
  resolvedAt: number | null;
}

export interface AlertStore {
  /**
   * Opens it or counts it; gives it back. `count` (default 1) is how often it happened until `now`, since `firstSeenAt`
   * (default `now`) if this opens it.
   */
  raise(alert: {
    cause: string;
    message: string;
    next?: string | null;
    now: number;
    firstSeenAt?: number;
    count?: number;
  }): Promise<Alert>;
  /** True when one was open. */
  resolve(cause: string, now: number): Promise<boolean>;
  open(): Promise<Alert[]>;
}
