import type { Alerts } from '#src/core/tools.ts';
import type { Alert } from '#src/stores/alerts.ts';

export interface RecordingAlerts extends Alerts {
  /** Those open now, oldest first. */
  open(): Promise<Alert[]>;
  clear(): void;
}

/** Keeps alerts in memory, one per cause; `now` gives their times. */
export function recordingAlerts(now: () => number = () => 0): RecordingAlerts {
  const alerts = new Map<string, Alert>();
  return {
    raise({ cause, message, next = null }) {
      const at = now();
      const { firstSeenAt, count } = alerts.get(cause) ?? { firstSeenAt: at, count: 0 };
      alerts.set(cause, { cause, message, next, firstSeenAt, lastSeenAt: at, count: count + 1, resolvedAt: null });
    },
    resolve: (cause) => void alerts.delete(cause),
    open: async () => [...alerts.values()],
    clear: () => alerts.clear(),
  };
}
