import type { Stop } from '#src/core/stop.ts';

/** The global stop as the API and `--json` tell it. */
export interface StopView {
  /** ISO 8601. */
  since: string;
  by: string;
  reason: string | null;
}

export function stopView({ since, by, reason }: Stop): StopView {
  return { since: new Date(since).toISOString(), by, reason };
}
