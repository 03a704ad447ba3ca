import type { Alerts } from '#src/core/tools.ts';
import type { Alert } from '#src/stores/alerts.ts';

export interface RecordingAlerts extends Alerts {
  /** Those open now, oldest first. */
  open(): Promise<Alert[]>;
  /** What is open: message by cause. */
  readonly standing: ReadonlyMap<string, string>;
  /** `raise CAUSE` and `resolve CAUSE`, each only when it changes what is open. */
  story: string[];
  /** How often anything was raised. */
  readonly raised: number;
  clear(): void;
}

/** Keeps alerts in memory, one per cause; `now` gives their times. */
export function recordingAlerts(now: () => number = () => 0): RecordingAlerts {
  const alerts = new Map<string, Alert>();
  const story: string[] = [];
  let raised = 0;
  return {
    story,
    get raised() {
      return raised;
    },
    get standing() {
      return new Map([...alerts].map(([cause, { message }]) => [cause, message]));
    },
    raise({ cause, message, next = null }) {
      const at = now();
      if (!alerts.has(cause)) story.push(`raise ${cause}`);
      const { firstSeenAt, count } = alerts.get(cause) ?? { firstSeenAt: at, count: 0 };
      alerts.set(cause, { cause, message, next, firstSeenAt, lastSeenAt: at, count: count + 1, resolvedAt: null });
      raised += 1;
    },
    resolve(cause) {
      if (alerts.delete(cause)) story.push(`resolve ${cause}`);
    },
    open: async () => [...alerts.values()],
    clear: () => alerts.clear(),
  };
}
