/** The global stop: while it is on, nothing reaches a channel. */
import { formatDateTime } from '#src/core/time.ts';

export interface Stop {
  /** Milliseconds. */
  since: number;
  /** Whoever stopped it. */
  by: string;
  /** In that person's words. */
  reason: string | null;
}

/** A stop as a file keeps it. */
export interface KeptStop extends Stop {
  /** The ledger has it too: when that says otherwise, it was ended from elsewhere. */
  inLedger: boolean;
}

/** Where a stop is kept beside the ledger. */
export interface StopFile {
  /** Null without one; one that cannot be read is a stop. */
  read(): Promise<KeptStop | null>;
  write(stop: KeptStop): Promise<void>;
  remove(): Promise<void>;
}

/** Begins the reason of what waits for it to end. */
export const postingStopped = 'all posting is stopped';

/** `all posting is stopped since 2026-11-25 21:04 by anna: wrong photo everywhere`. `zone`: the newsroom's. */
export function stopSentence(stop: Stop, zone: string): string {
  return `${postingStopped} ${stopDetail(stop, zone)}`;
}

/** `since 2026-11-25 21:04 by anna: wrong photo everywhere`. */
export function stopDetail({ since, by, reason }: Stop, zone: string): string {
  return `since ${formatDateTime(since, zone)} by ${by}${reason ? `: ${reason}` : ''}`;
}

/** The same to stand by itself. */
export function stopHeadline(stop: Stop, zone: string): string {
  const sentence = stopSentence(stop, zone);
  return `${sentence[0]!.toUpperCase()}${sentence.slice(1)}`;
}
