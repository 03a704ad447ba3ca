const mostHosts = 500;

/** Whether addresses belong to one site: the same registrable domain (`tin.bao.example` and `www.bao.example`). */
export async function siteTest(...addresses: string[]): Promise<(url: string) => boolean> {
  // Its list of public suffixes takes some memory: only sources that follow links need it.
  const { getDomain } = await import('tldts');
  const domainOf = (url: string): string | null => {
    const host = URL.parse(url)?.hostname;
    return host === undefined ? null : (getDomain(host, { allowPrivateDomains: true }) ?? host);
  };
  const mine = new Set(addresses.map(domainOf));
  // Long lists have few hosts.
  const known = new Map<string, boolean>();
  return (url) => {
    const origin = /^https?:\/\/[^/?#\\]+/i.exec(url)?.[0];
    if (origin === undefined) return false;
    const before = known.get(origin);
    if (before !== undefined) return before;
    if (known.size >= mostHosts) known.clear();
    const isMine = mine.has(domainOf(origin));
    known.set(origin, isMine);
    return isMine;
  };
}
