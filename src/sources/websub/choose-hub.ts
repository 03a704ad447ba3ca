/** A hub that failed this often is left for another one, where the source names several. */
const patience = 5;

/** The hub to ask among those a source names: https before plain http, else in the source's order. Null: none can be. */
export function chooseHub(hubs: readonly string[], current: { hub: string; failures: number } | null): string | null {
  const usable = hubs.flatMap((hub) => {
    const url = URL.parse(hub);
    return url && /^https?:$/.test(url.protocol) && !url.username && !url.password ? [url.href] : [];
  });
  const ordered = [...new Set([...usable.filter((hub) => hub.startsWith('https:')), ...usable])];
  const at = current ? ordered.indexOf(current.hub) : -1;
  if (at < 0 || !current) return ordered[0] ?? null;
  return current.failures < patience ? current.hub : (ordered[(at + 1) % ordered.length] ?? null);
}
