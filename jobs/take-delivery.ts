/** What hubs ask and bring. */
import type { ConfiguredSource, Deps } from '#jobs/deps.ts';
import { isNeighbour } from '#jobs/neighbours.ts';
import { pollAtOnce, takeTold } from '#jobs/take-told.ts';
import { messageOf } from '#src/core/errors.ts';
import type { HubCallbacks } from '#src/core/hub-callbacks.ts';
import { isSignedByHub } from '#src/core/hub-signature.ts';
import { deniedFor, leaseOf } from '#src/core/hub-times.ts';
import { formatTime } from '#src/core/time.ts';
import type { Subscription } from '#src/stores/subscriptions.ts';

/** Longer to read than a server may stand still for; the source is polled elsewhere instead. */
const largestAbsorbed = 2 * 1024 * 1024;
const mostTries = 3;

export function createHubCallbacks(deps: Deps): HubCallbacks {
  const find = async (sourceId: string, token: string): Promise<Subscription | null> => {
    const row = await deps.ledger.subscriptions.find(token);
    return row?.sourceId === sourceId ? row : null;
  };
  return {
    async knows(sourceId, token) {
      const row = await find(sourceId, token);
      return row?.wanted === true && deps.sources.has(sourceId);
    },
    async verify(sourceId, token, query) {
      const row = await find(sourceId, token);
      if (!row || query['hub.topic'] !== row.topic) return null;
      if (query['hub.mode'] === 'denied') return deny(row, query['hub.reason'], deps);
      return confirm(row, query, deps);
    },
    async take(sourceId, token, delivery) {
      const row = await find(sourceId, token);
      if (row?.wanted) await takeDelivery(row, delivery, deps);
    },
  };
}

/** Only what is pending: anybody may ask a hub in our name, and it asks here whether that was us. */
async function confirm(
  row: Subscription,
  query: Readonly<Record<string, unknown>>,
  deps: Deps,
): Promise<string | null> {
  const { 'hub.mode': mode, 'hub.challenge': challenge, 'hub.lease_seconds': seconds } = query;
  if (mode !== row.pending || row.pending === null || typeof challenge !== 'string' || challenge === '') return null;
  const lease = leaseOf(seconds, deps.clock.now());
  if (!(await deps.ledger.subscriptions.verify(row.token, row.pending, lease))) return null;
  if (row.pending === 'unsubscribe') await deps.ledger.subscriptions.remove(row.token);
  else {
    deps.alerts.resolve(`source-${row.sourceId}-hub`);
    const until = formatTime(lease.leaseUntil, deps.settings.site.timezone);
    if (row.leaseUntil === null)
      deps.log.info(`${row.sourceId}: its hub ${row.hub} tells of changes at once, until ${until} and then anew`, {
        sourceId: row.sourceId,
      });
  }
  return challenge;
}

/** A hub may end what it promised, at any time. It is asked again much later. */
async function deny(row: Subscription, reason: unknown, deps: Deps): Promise<string> {
  const now = deps.clock.now();
  const error = `the hub refuses${typeof reason === 'string' && reason ? `: ${reason.replaceAll(row.token, '…').slice(0, 200)}` : ''}`;
  await deps.ledger.subscriptions.update(row.token, {
    ...{ pending: null, leaseUntil: null, failures: row.failures + 1, failingSince: row.failingSince ?? now, error },
    nextAt: now + deniedFor,
  });
  deps.log.warn(`${row.sourceId}: ${row.hub}: ${error}; the source is polled instead`, { sourceId: row.sourceId });
  return '';
}

async function takeDelivery(
  row: Subscription,
  { headers, body }: Parameters<HubCallbacks['take']>[2],
  deps: Deps,
): Promise<void> {
  const { sourceId, secret } = row;
  const signature = headers['x-hub-signature'];
  const note = (outcome: 'taken' | 'refused') => deps.journal.note({ kind: 'push', sourceId, via: 'hub', outcome });
  if (secret !== null && !isSignedByHub(signature, body, secret)) {
    note('refused');
    const why = signature === undefined ? 'it is not signed' : 'its signature does not fit';
    return deps.log.warn(`${sourceId}: a delivery from its hub was ignored: ${why}`, { sourceId });
  }
  note('taken');
  // The address was told to the hub in the clear: others on the way may speak for it, so it only says when to look.
  const isBelieved =
    secret !== null || (signature === undefined && isNeighbour(sourceId, new URL(row.hub).hostname, deps));
  const configured = deps.sources.get(sourceId)!;
  const contentType = headers['content-type'] ?? null;
  if (isBelieved && (await absorb(configured, { body, contentType }, deps))) return;
  await pollAtOnce(sourceId, deps);
}

/** True when the ledger has all that the delivery says. */
async function absorb(
  { source, settings }: ConfiguredSource,
  document: { body: Uint8Array; contentType: string | null },
  deps: Deps,
): Promise<boolean> {
  const { id: sourceId } = settings;
  if (!source.absorb || document.body.length === 0 || document.body.length > largestAbsorbed) return false;
  for (let tries = 0; tries < mostTries; tries++) {
    const now = deps.clock.now();
    const { cursor, baselineAt } = await deps.ledger.sources.state(sourceId, now);
    // Before the first poll everything would look new.
    if (baselineAt === null) return false;
    let found: ReturnType<typeof source.absorb>;
    try {
      found = source.absorb(document, cursor, settings.settings, now);
    } catch (error) {
      deps.log.info(`${sourceId}: what its hub sent cannot be read: ${messageOf(error)}; it is polled`, { sourceId });
      return false;
    }
    const moved = { before: cursor, next: found.cursor };
    const recorded = await takeTold({ sourceId, refs: found.refs, now, cursor: moved }, deps);
    if (recorded.kind !== 'taken') continue;
    for (const warning of found.warnings) deps.log.warn(`${sourceId}: ${warning}`, { sourceId });
    return true;
  }
  return false;
}
