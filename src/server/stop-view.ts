import type { StopNotice } from '#src/core/decisions.ts';

/** The global stop as the API and `--json` tell it. */
export interface StopView {
  /** ISO 8601. */
  since: string;
  by: string;
  reason: string | null;
  /** What did not work when it was stopped. */
  note?: string;
}

export function stopView({ since, by, reason, note }: StopNotice): StopView {
  return { since: new Date(since).toISOString(), by, reason, ...(note !== undefined && { note }) };
}
