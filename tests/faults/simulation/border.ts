/** What a run sees of the claims, and what a request may never be sent against. */
import { ageVerdict } from '#src/core/age.ts';
import type { ChannelSettings } from '#src/core/settings.ts';
import type { Claim, DeliveryStore } from '#src/stores/deliveries.ts';
import type { Ledger } from '#src/stores/ledger.ts';
import type { Newsroom } from '#tests/faults/simulation/newsroom.ts';
import type { Border } from '#tests/faults/simulation/wire.ts';
import type { World } from '#tests/faults/simulation/world.ts';

/** A gate that was passed holds for as long as a claim does. */
const longestPassage = 30_000;

interface Claimed {
  id: string;
  articleId: string;
  leaseUntil: number;
}

export interface Watched {
  ledger: Ledger;
  claims: Map<string, Claimed>;
}

/** The ledger, with a list of its claims by key. */
export function watchClaims(ledger: Ledger): Watched {
  const claims = new Map<string, Claimed>();
  const note = <T extends Awaited<ReturnType<DeliveryStore['claimAlone']>>>(claim: T): T => {
    const row = claim && 'delivery' in claim ? (claim as Claim).delivery : null;
    if (row) claims.set(row.key, { id: row.id, articleId: row.articleId, leaseUntil: row.leaseUntil ?? 0 });
    return claim;
  };
  const deliveries: DeliveryStore = {
    ...ledger.deliveries,
    claim: async (...claim) => note(await ledger.deliveries.claim(...claim)),
    claimAlone: async (...claim) => note(await ledger.deliveries.claimAlone(...claim)),
    async renew(id, fence, now, leaseUntil, ...gate) {
      const held = await ledger.deliveries.renew(id, fence, now, leaseUntil, ...gate);
      const claim = [...claims.values()].find((one) => one.id === id);
      if (held && claim) claim.leaseUntil = leaseUntil;
      return held;
    },
  };
  return { ledger: { ...ledger, deliveries }, claims };
}

export function createBorder(
  { ledger, claims }: Watched,
  {
    world,
    settings,
    zone,
    newsroom,
  }: {
    world: World;
    settings: ReadonlyMap<string, ChannelSettings>;
    zone: string;
    newsroom(): Newsroom;
  },
): Omit<Border, 'left'> {
  return {
    leaseOf(key) {
      const claim = claims.get(key);
      if (claim) newsroom().onSending(claim.articleId);
      return claim?.leaseUntil ?? Number.NEGATIVE_INFINITY;
    },
    async forbids(key, op, called) {
      const claim = claims.get(key);
      if (!claim) return 'nobody has claimed it';
      const { stoppedSince } = newsroom();
      if (stoppedSince !== null && called.at - stoppedSince > longestPassage && world.now - called.at < 1_000) {
        return 'all posting had been stopped';
      }
      if (op !== 'create') return null;
      const delivery = await ledger.deliveries.get(claim.id);
      const article = await ledger.articles.get(claim.articleId);
      if (!delivery || !article) return 'its row is gone';
      const { pace } = settings.get(delivery.channelId)!;
      return ageVerdict({ delivery, article, pace, now: called.wall, zone });
    },
  };
}
