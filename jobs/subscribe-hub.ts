import { z } from 'zod';
import type { Deps } from '#jobs/deps.ts';
import { mayNamePort } from '#jobs/neighbours.ts';
import { HttpFailure, messageOf } from '#src/core/errors.ts';
import { hubPatience, hubRetry, hubVerifies, wantedLease } from '#src/core/hub-times.ts';
import { done, later, type Outcome } from '#src/core/outcome.ts';
import { formatTime } from '#src/core/time.ts';
import { defineJob } from '#src/queue/job.ts';
import { askHub, HubRefused } from '#src/sources/websub/ask-hub.ts';
import type { Subscription } from '#src/stores/subscriptions.ts';

const mostGoodbyes = 5;

/** Asks a source's hub to tell of its changes, again before its promise ends, or to stop. The rows say when. */
export const subscribeHub = defineJob({
  kind: 'subscribe-hub',
  queue: 'hub',
  payload: z.object({ sourceId: z.string() }),
  dedup: ({ sourceId }) => sourceId,
  // The rows plan the tries. These are for a database that is away for a moment.
  attempts: 3,
  async run({ sourceId }, deps: Deps, { signal }): Promise<Outcome> {
    const rows = await deps.ledger.subscriptions.allOf(sourceId);
    const next = await Promise.all(rows.map((row) => look(row, deps, signal)));
    const soonest = Math.min(...next.filter((at) => at !== null));
    return Number.isFinite(soonest) ? later(soonest) : done;
  },
});

/** When it is to be looked at again; null: never. */
async function look(row: Subscription, deps: Deps, signal: AbortSignal): Promise<number | null> {
  const now = deps.clock.now();
  if (row.nextAt > now) return row.nextAt;
  // It took the last request and then never asked whether that was ours.
  const isUnverified = row.pending !== null;
  const seen = isUnverified ? withFailure(row, `the hub never came to ${publicOf(row)} to verify`, now) : row;
  if (!isOver(seen, now)) return ask(seen, deps, signal);
  await deps.ledger.subscriptions.remove(row.token);
  return null;
}

/** Nobody is to be asked to stop who never promised to begin, and not for ever. */
function isOver({ wanted, leaseUntil, failures }: Subscription, now: number): boolean {
  return !wanted && (leaseUntil === null || leaseUntil <= now || failures >= mostGoodbyes);
}

async function ask(row: Subscription, deps: Deps, signal: AbortSignal): Promise<number> {
  const { subscriptions } = deps.ledger;
  const { token, hub, topic, callback, failures, failingSince, error } = row;
  const mode = row.wanted ? 'subscribe' : 'unsubscribe';
  const now = deps.clock.now();
  const nextAt = hubVerifies(failures, now);
  // Before the request: a hub may come to verify before it has answered.
  await subscriptions.update(token, { pending: mode, failures, failingSince, error, nextAt });
  tell(row, deps);
  try {
    const asked = { mode, hub, topic, callback, leaseSeconds: wantedLease / 1000, signal, now } as const;
    await askHub(
      {
        ...asked,
        mayNamePort: (host) => mayNamePort(row.sourceId, host, deps),
        secret: (isPrivate) => agree(row, isPrivate, deps),
      },
      deps.http,
    );
    return nextAt;
  } catch (failure) {
    if (signal.aborted) throw failure;
    return recordFailure(row, failure, deps);
  }
}

/** The secret that the hub is to sign with from here on; none where others could read it. */
async function agree(row: Subscription, isPrivate: boolean, { ledger, delivery }: Deps): Promise<string | null> {
  const secret = isPrivate ? (row.secret ?? Buffer.from(delivery.random(32)).toString('hex')) : null;
  if (secret !== row.secret) await ledger.subscriptions.update(row.token, { secret });
  row.secret = secret;
  return secret;
}

async function recordFailure(row: Subscription, failure: unknown, deps: Deps): Promise<number> {
  const now = deps.clock.now();
  const failed = withFailure(row, messageOf(failure), now);
  const retryAt = failure instanceof HubRefused ? failure.retryAt : null;
  const nextAt = hubRetry(failed.failures, now, retryAt, (deps.delivery.random(1)[0] ?? 0) / 256);
  const { failures, failingSince, error } = failed;
  // Where the request may have arrived the hub may still come.
  const isUnheard = failure instanceof HubRefused || (failure instanceof HttpFailure && !failure.sent);
  await deps.ledger.subscriptions.update(row.token, {
    failures,
    failingSince,
    error,
    nextAt,
    ...(isUnheard && { pending: null }),
  });
  deps.log.info(
    `${row.sourceId}: the hub ${row.hub} was asked in vain: ${error}; next try at ${timeOf(nextAt, deps)}`,
    {
      sourceId: row.sourceId,
    },
  );
  tell(failed, deps);
  return nextAt;
}

function withFailure(row: Subscription, error: string, now: number): Subscription {
  return { ...row, error, failures: row.failures + 1, failingSince: row.failingSince ?? now };
}

function tell({ sourceId, hub, wanted, failingSince, error }: Subscription, deps: Deps): void {
  if (!wanted || failingSince === null || deps.clock.now() - failingSince < hubPatience) return;
  deps.alerts.raise({
    cause: `source-${sourceId}-hub`,
    message: `The hub ${hub} does not tell of the changes of source ${sourceId} since ${timeOf(failingSince, deps)}: ${error}`,
    next: 'Nothing is lost: the source is polled instead. Check that the internet reaches `publicUrl`, and tell whoever runs the site.',
  });
}

const timeOf = (at: number, { settings }: Deps): string => formatTime(at, settings.site.timezone);

/** Without the token, which is a secret. */
const publicOf = ({ callback }: Subscription): string => new URL(callback).origin;
