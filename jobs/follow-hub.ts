import type { Deps } from '#jobs/deps.ts';
import { isNeighbour } from '#jobs/neighbours.ts';
import type { PollResult } from '#src/sources/source.ts';
import { chooseHub } from '#src/sources/websub/choose-hub.ts';

type FollowDeps = Pick<Deps, 'ledger' | 'settings' | 'jobs' | 'log' | 'clock' | 'delivery' | 'sources' | 'ownNetwork'>;

/** Sources of which it was said why their hub is not asked: once is enough. */
const told = new WeakMap<FollowDeps['ledger'], Set<string>>();

/** What a poll said of the source's hub becomes a subscription, another one, or the end of one. */
export async function followHub(sourceId: string, named: PollResult['hub'], deps: FollowDeps): Promise<void> {
  if (named === undefined) return;
  const { subscriptions } = deps.ledger;
  const current = await subscriptions.of(sourceId);
  const hub = named === null ? null : chooseHub(named.hubs, current);
  const topic = /^https?:$/.test(URL.parse(named?.topic ?? '')?.protocol ?? '') ? named!.topic : null;
  if (hub === null || topic === null || !canBeReached(sourceId, hub, deps)) {
    if (!current) return;
    await subscriptions.want(sourceId, null, deps.clock.now());
    return ask(sourceId, deps);
  }
  if (current?.hub === hub && current.topic === topic) return;
  await subscribe(sourceId, { hub, topic }, deps);
}

/** At start: what was subscribed by other settings ends, or begins anew at the address that holds now. */
export async function keepSubscriptions(deps: FollowDeps): Promise<void> {
  const { subscriptions } = deps.ledger;
  for (const { sourceId, token, hub, topic, callback } of await subscriptions.allWanted()) {
    const isKnown = deps.sources.has(sourceId) && canBeReached(sourceId, hub, deps);
    if (isKnown && callback === callbackOf(sourceId, token, deps)) continue;
    if (isKnown) await subscribe(sourceId, { hub, topic }, deps);
    else await subscriptions.want(sourceId, null, deps.clock.now());
    await ask(sourceId, deps);
  }
}

async function subscribe(sourceId: string, { hub, topic }: { hub: string; topic: string }, deps: FollowDeps) {
  const token = Buffer.from(deps.delivery.random(24)).toString('base64url');
  const callback = callbackOf(sourceId, token, deps);
  await deps.ledger.subscriptions.want(sourceId, { token, hub, topic, callback }, deps.clock.now());
  await ask(sourceId, deps);
}

function ask(sourceId: string, { jobs }: FollowDeps): Promise<void> {
  return jobs.add({ kind: 'subscribe-hub', payload: { sourceId } });
}

function callbackOf(sourceId: string, token: string, { settings }: FollowDeps): string {
  return `${settings.publicUrl}/websub/${encodeURIComponent(sourceId)}/${token}`;
}

/** Whether the hub can come back to us: over the internet only by https, or as a neighbour on the operator's own network. */
function canBeReached(sourceId: string, hub: string, deps: FollowDeps): boolean {
  const { publicUrl } = deps.settings;
  const host = new URL(hub).hostname;
  if (deps.ownNetwork(host) ? isNeighbour(sourceId, host, deps) : isPublic(publicUrl, deps)) return true;
  const before = told.get(deps.ledger) ?? new Set();
  if (!before.has(sourceId))
    deps.log.info(
      `${sourceId}: its hub ${hub} could tell of changes at once, but cannot reach ${publicUrl}; it is polled instead. Set \`publicUrl\` to an https address that the internet reaches`,
      { sourceId },
    );
  told.set(deps.ledger, before.add(sourceId));
  return false;
}

function isPublic(publicUrl: string, { ownNetwork }: FollowDeps): boolean {
  const { protocol, hostname } = new URL(publicUrl);
  return protocol === 'https:' && !ownNetwork(hostname);
}
