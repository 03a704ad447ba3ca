import type { Clock } from '#src/core/tools.ts';

export interface Turns {
  take(site: string, delay: number): { wait: number; isMine: boolean };
}

const mostSites = 1000;

/** One request after another to each site, `delay` milliseconds apart. Many may wait: each is told another time. */
export function createTurns(clock: Clock, patience: number): Turns {
  const sites = new Map<string, { last: number; promised: number }>();
  return {
    take(site, delay) {
      if (delay === 0) return { wait: 0, isMine: true };
      const now = clock.now();
      if (sites.size > mostSites) sites.clear();
      const known = sites.get(site) ?? { last: Number.NEGATIVE_INFINITY, promised: 0 };
      sites.set(site, known);
      const wait = Math.max(known.last + delay - now, 0);
      if (wait <= patience) {
        known.last = now + wait;
        return { wait, isMine: true };
      }
      known.promised = Math.max(now + wait, known.promised + delay);
      return { wait: known.promised - now, isMine: false };
    },
  };
}
