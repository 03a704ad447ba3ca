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
  /** Opens it or counts one more; gives it back, `count` 1 when it is new. */
  raise(alert: { cause: string; message: string; next?: string | null; now: number }): Promise<Alert>;
  /** True when one was open. */
  resolve(cause: string, now: number): Promise<boolean>;
  open(): Promise<Alert[]>;
}
