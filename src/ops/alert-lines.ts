import type { Clock, Log } from '#src/core/tools.ts';
import type { Alert } from '#src/stores/alerts.ts';

const quiet = 60_000;
/** Causes name sources, channels and deliveries: whatever makes too many of them must not fill the memory. */
const most = 1000;

export interface AlertLines {
  /** At most once a minute per cause. */
  raised(alert: Alert): void;
  /** Once, and only for what was told before. */
  over(alert: Alert): void;
  /** Counts as told, as by an earlier process. */
  known(cause: string): void;
}

/** What the log says of alerts. */
export function alertLines(log: Log, clock: Clock): AlertLines {
  const told = new Map<string, { at: number; isOpen: boolean }>();
  const remember = (cause: string, at: number): void => {
    if (told.size >= most) told.clear();
    told.set(cause, { at, isOpen: true });
  };
  return {
    raised({ cause, message, next, count }) {
      const now = clock.monotonic();
      if (now - (told.get(cause)?.at ?? -quiet) < quiet) return;
      remember(cause, now);
      log.warn(next ? `${sentence(message)} ${next}` : message, { cause, ...(count > 1 ? { count } : {}) });
    },
    over({ cause, message }) {
      const last = told.get(cause);
      if (!last?.isOpen) return;
      last.isOpen = false;
      log.info(`over: ${message}`, { cause });
    },
    known: (cause) => remember(cause, -quiet),
  };
}

const sentence = (text: string): string => (/[.!?:]$/.test(text) ? text : `${text}.`);
