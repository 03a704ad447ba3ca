import type { Deps } from '#jobs/deps.ts';

type Networks = Pick<Deps, 'sources' | 'ownNetwork'>;

/** Where the settings have the source, without its port; null for a source without an address. */
function hostOf(sourceId: string, { sources }: Networks): string | null {
  const { url } = (sources.get(sourceId)?.settings.settings ?? {}) as { url?: string };
  return URL.parse(url ?? '')?.hostname ?? null;
}

/** Whether a source that stands on the operator's own network names this host, which stands there too. */
export function isNeighbour(sourceId: string, host: string, networks: Networks): boolean {
  const site = hostOf(sourceId, networks);
  return networks.ownNetwork(host) && (site === null || networks.ownNetwork(site));
}

/** Ports beyond the usual ones: a page elsewhere must not point us at a machine's other services. */
export function mayNamePort(sourceId: string, host: string, networks: Networks): boolean {
  return host === hostOf(sourceId, networks) || isNeighbour(sourceId, host, networks);
}
