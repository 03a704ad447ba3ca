import { messageOf } from '#src/core/errors.ts';
import type { Alerts, Clock } from '#src/core/tools.ts';

/** What is wrong with the server that holds the queue, in words for people. */
export interface Trouble {
  /** Nothing can be asked of it now, as against: it answers, and refuses. */
  isAway: boolean;
  message: string;
  next: string;
}

/** Whether the queue does its work: one alert while it does not, however many queues and workers say so. */
export interface QueueHealth {
  /** False when this is no trouble of the server's; otherwise an alert, until it works again. */
  note(error: unknown): boolean;
  /** The connection broke, perhaps only for a moment: no alert yet. */
  lost(): void;
  isAway(): boolean;
  /** Called each time it works again. */
  onBack(listener: () => void): void;
  close(): void;
}

const lookEvery = 1000;
/** Others may still meet trouble that a look does not. */
const quietFor = 3000;

export function createHealth(options: {
  /** Of the alert: `queue`, or `database` when it is that which is away. */
  cause: string;
  explain(error: unknown): Trouble | null;
  ping(): Promise<void>;
  alerts: Alerts;
  clock: Clock;
}): QueueHealth {
  const { cause, explain, ping, alerts, clock } = options;
  const closing = new AbortController();
  const listeners: (() => void)[] = [];
  let trouble: Trouble | null = null;
  let lastTrouble = Number.NEGATIVE_INFINITY;
  let raisedAt = Number.NEGATIVE_INFINITY;
  let isLooking = false;

  const raise = (found: Trouble): void => {
    const now = clock.monotonic();
    // Twenty queues that say the same within a second say it once.
    const isRepeat = found.message === trouble?.message && now - raisedAt < lookEvery;
    trouble = found;
    lastTrouble = now;
    if (isRepeat) return;
    raisedAt = now;
    alerts.raise({ cause, message: found.message, next: found.next });
  };

  const look = async (): Promise<void> => {
    if (isLooking) return;
    isLooking = true;
    for (;;) {
      await clock.sleep(lookEvery, closing.signal).catch(() => {});
      if (closing.signal.aborted) return;
      try {
        await ping();
        if (clock.monotonic() - lastTrouble >= quietFor) break;
      } catch (error) {
        // Our own end cuts a look off: that says nothing of the server.
        if (closing.signal.aborted) return;
        raise(explain(error) ?? { isAway: true, message: messageOf(error), next: '' });
      }
    }
    isLooking = false;
    if (trouble) alerts.resolve(cause);
    trouble = null;
    for (const listener of listeners) listener();
  };

  return {
    note(error) {
      const found = explain(error);
      if (!found) return false;
      if (closing.signal.aborted) return true;
      raise(found);
      void look();
      return true;
    },
    lost: () => void look(),
    isAway: () => trouble?.isAway ?? false,
    onBack: (listener) => void listeners.push(listener),
    close: () => closing.abort(),
  };
}
