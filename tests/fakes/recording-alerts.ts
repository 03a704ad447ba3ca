import type { Alerts } from '#src/core/tools.ts';

export interface RecordingAlerts extends Alerts {
  /** What is open, by cause. */
  open: Map<string, string>;
  /** `raise CAUSE` and `resolve CAUSE`, each only when it changes what is open. */
  story: string[];
  /** How often anything was raised. */
  readonly raised: number;
}

/** Remembers what was raised and what was over. */
export function recordingAlerts(): RecordingAlerts {
  const open = new Map<string, string>();
  const story: string[] = [];
  let raised = 0;
  return {
    open,
    story,
    get raised() {
      return raised;
    },
    raise({ cause, message }) {
      if (!open.has(cause)) story.push(`raise ${cause}`);
      open.set(cause, message);
      raised += 1;
    },
    resolve(cause) {
      if (open.delete(cause)) story.push(`resolve ${cause}`);
    },
  };
}
