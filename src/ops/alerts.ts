/** Alerts: one per cause; in the log, in the ledger, and in memory for as long as the ledger does not answer. */
import type { Alerts, Clock, Log } from '#src/core/tools.ts';
import { alertLines } from '#src/ops/alert-lines.ts';
import { type AlertNews, mergeNews, withNews } from '#src/ops/alert-news.ts';
import { maskText } from '#src/ops/mask-log.ts';
import { within } from '#src/ops/within.ts';
import type { Alert, AlertStore } from '#src/stores/alerts.ts';

export interface OpsAlerts extends Alerts {
  /** Where they are kept from now on; what was raised before goes there too. */
  keepIn(store: AlertStore): void;
  /** Those open now, the ledger's and what it has not been told yet, oldest first. Never rejects, waits 2 s at most. */
  open(): Promise<Alert[]>;
  /** Writes what is left, or gives up after a moment. */
  close(): Promise<void>;
}

const pause = 1000;
const pauseWhileAway = 5000;
const patience = 2000;
/** So long nobody asks the ledger again about what was over. */
const overFor = 60_000;
const most = 1000;

export function createAlerts({ log, clock }: { log: Log; clock: Clock }): OpsAlerts {
  const lines = alertLines(log, clock);
  /** Open, as far as this process knows. */
  const known = new Map<string, Alert>();
  const over = new Map<string, number>();
  /** What the ledger has not been told. */
  const news = new Map<string, AlertNews>();
  let underWay: [string, AlertNews] | null = null;
  let store: AlertStore | null = null;
  let isWriting = false;
  const closing = new AbortController();

  const note = (cause: string, one: AlertNews): void => {
    const older = news.get(cause);
    if (!older && news.size >= most) return;
    news.set(cause, older ? mergeNews(older, one) : one);
    if (store && !isWriting) void writeAll(store);
  };

  /** False when the ledger did not take it all. */
  const writeOnce = async (to: AlertStore): Promise<boolean> => {
    for (const [cause, one] of [...news]) {
      news.delete(cause);
      underWay = [cause, one];
      try {
        if (one.raised) await to.raise({ cause, ...one.raised, now: one.raised.lastSeenAt });
        if (one.overAt !== null) await to.resolve(cause, one.overAt);
      } catch {
        const newer = news.get(cause);
        news.set(cause, newer ? mergeNews(one, newer) : one);
        return false;
      } finally {
        underWay = null;
      }
    }
    return true;
  };

  const writeAll = async (to: AlertStore): Promise<void> => {
    isWriting = true;
    while (news.size > 0 && !closing.signal.aborted) {
      const isTold = await writeOnce(to);
      await clock.sleep(isTold ? pause : pauseWhileAway, closing.signal).catch(() => {});
    }
    isWriting = false;
  };

  const learn = async (from: AlertStore): Promise<void> => {
    for (const alert of (await within(from.open(), patience, clock)) ?? []) {
      if (known.has(alert.cause) || over.has(alert.cause) || known.size >= most) continue;
      known.set(alert.cause, alert);
      lines.known(alert.cause);
    }
  };

  /** Others end alerts too: a person, another process. */
  const forgetEnded = (stored: readonly Alert[]): void => {
    const open = new Set([...stored.map(({ cause }) => cause), ...news.keys(), underWay?.[0]]);
    for (const cause of known.keys()) if (!open.has(cause)) known.delete(cause);
  };

  return {
    raise({ cause, message, next }) {
      const now = clock.now();
      const before = known.get(cause);
      const raised = { message: maskText(message), next: next ? maskText(next) : null, lastSeenAt: now };
      const alert = {
        cause,
        firstSeenAt: now,
        resolvedAt: null,
        ...before,
        ...raised,
        count: (before?.count ?? 0) + 1,
      };
      over.delete(cause);
      if (before || known.size < most) known.set(cause, alert);
      lines.raised(alert);
      note(cause, { raised: { ...raised, firstSeenAt: now, count: 1 }, overAt: null });
    },

    resolve(cause) {
      const alert = known.get(cause);
      const now = clock.monotonic();
      // Whoever does well says so with every piece of work; the ledger need not hear it each time.
      if (!alert && now - (over.get(cause) ?? -overFor) < overFor) return;
      if (over.size >= most) over.clear();
      over.set(cause, now);
      known.delete(cause);
      if (alert) lines.over(alert);
      note(cause, { raised: null, overAt: clock.now() });
    },

    keepIn(to) {
      store = to;
      void learn(to);
      if (news.size > 0 && !isWriting) void writeAll(to);
    },

    async open() {
      const stored = store && (await within(store.open(), patience, clock));
      if (!stored) return oldestFirst([...known.values()]);
      forgetEnded(stored);
      return oldestFirst(withNews(stored, [...(underWay ? [underWay] : []), ...news]));
    },

    async close() {
      closing.abort();
      if (store && news.size > 0) await within(writeOnce(store), patience, clock);
    },
  };
}

function oldestFirst(alerts: Alert[]): Alert[] {
  return alerts.sort((a, b) => a.firstSeenAt - b.firstSeenAt || a.cause.localeCompare(b.cause));
}
