import { type Figures, gauge, seconds } from '#src/ops/metrics/figures.ts';
import type { Alert } from '#src/stores/alerts.ts';

/** Causes of their own; what comes beyond them counts together. */
const most = 50;

export const alertFigures: Figures = (registry, { alerts }) => {
  const of = ['cause'] as const;
  const open = gauge(registry, 'loa_alerts_open', 'Alerts a person should look at.', of);
  const times = gauge(registry, 'loa_alert_times', 'How often what they tell of has happened.', of);
  const first = gauge(registry, 'loa_alert_first_seen_timestamp_seconds', 'Since when, the first of them.', of);
  const last = gauge(registry, 'loa_alert_last_seen_timestamp_seconds', 'When last, the newest of them.', of);
  return async () => {
    for (const [cause, group] of byCause(await alerts.open())) {
      open.set({ cause }, group.length);
      times.set({ cause }, sum(group.map(({ count }) => count)));
      first.set({ cause }, seconds(Math.min(...group.map(({ firstSeenAt }) => firstSeenAt))));
      last.set({ cause }, seconds(Math.max(...group.map(({ lastSeenAt }) => lastSeenAt))));
    }
  };
};

function byCause(alerts: readonly Alert[]): Map<string, Alert[]> {
  const groups = new Map<string, Alert[]>();
  for (const alert of alerts) {
    const own = labelOf(alert.cause);
    const label = groups.has(own) || groups.size < most ? own : 'other';
    groups.set(label, [...(groups.get(label) ?? []), alert]);
  }
  return groups;
}

/** Without the ids of deliveries and readings: each would be a series of its own for ever. */
function labelOf(cause: string): string {
  const delivery = /^delivery:[^:]+:(\w+)$/.exec(cause);
  if (delivery) return `delivery-${delivery[1]}`;
  return cause.startsWith('reading-') ? 'reading' : cause;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
