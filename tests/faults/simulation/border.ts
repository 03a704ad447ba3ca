/** What a run sees of the claims, and what a request may never be sent against. */
import { ageVerdict, embargoedUntil, isSentByHand } from '#src/core/age.ts';
import { isBreaking } from '#src/core/breaking.ts';
import { afterQuiet } from '#src/core/pace.ts';
import type { ChannelSettings } from '#src/core/settings.ts';
import type { Claim, DeliveryStore } from '#src/stores/deliveries.ts';
import type { Ledger } from '#src/stores/ledger.ts';
import type { Newsroom } from '#tests/faults/simulation/newsroom.ts';
import type { Border } from '#tests/faults/simulation/wire.ts';
import type { World } from '#tests/faults/simulation/world.ts';

/** From a stop or a pause to the last request that may still begin. */
const seenWithin = 2_000;

/** From the gate to the request, at most. */
const longestPassage = 5_000;

interface Claimed {
  id: string;
  articleId: string;
  channelId: string;
  leaseUntil: number;
}

export interface Watched {
  ledger: Ledger;
  claims: Map<string, Claimed>;
}

export interface Pauses {
  ledger: Ledger;
  /** Since when a channel has been paused, by whomever. */
  since: ReadonlyMap<string, number>;
}

export function watchPauses(ledger: Ledger, world: World): Pauses {
  const since = new Map<string, number>();
  const channels: Ledger['channels'] = {
    ...ledger.channels,
    async update(channelId, change) {
      await ledger.channels.update(channelId, change);
      if (change.paused === false) since.delete(channelId);
      if (change.paused && !since.has(channelId)) since.set(channelId, world.now);
    },
  };
  return { ledger: { ...ledger, channels }, since };
}

/** The ledger, with a list of its claims by key. */
export function watchClaims(ledger: Ledger): Watched {
  const claims = new Map<string, Claimed>();
  const note = <T extends Awaited<ReturnType<DeliveryStore['claimAlone']>>>(claim: T): T => {
    const row = claim && 'delivery' in claim ? (claim as Claim).delivery : null;
    if (!row) return claim;
    const { id, articleId, channelId, leaseUntil } = row;
    claims.set(row.key, { id, articleId, channelId, leaseUntil: leaseUntil ?? 0 });
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
    pauses,
    settings,
    zone,
    newsroom,
  }: {
    world: World;
    pauses: Pauses['since'];
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
      // What left its worker much later than it was called for had been frozen in between.
      const since = (at: number | null | undefined) =>
        at == null || world.now - called.at > 1_000 ? 0 : called.at - at;
      if (since(newsroom().stoppedSince) > seenWithin) return 'all posting had been stopped';
      if (since(pauses.get(claim.channelId)) > seenWithin) return 'its channel had been paused';
      const delivery = await ledger.deliveries.get(claim.id);
      const article = await ledger.articles.get(claim.articleId);
      if (!delivery || !article) return 'its row is gone';
      const channel = settings.get(delivery.channelId)!;
      const { leftAt } = newsroom();
      if (since(leftAt.get(`${delivery.channelId} ${delivery.part}`)) > longestPassage) return 'its reader had left';
      const mayGo = delivery.approved !== null || isSentByHand(delivery) || delivery.op === 'withdraw';
      if (channel.approval === 'required' && !mayGo) return 'nobody had approved it';
      if (op !== 'create') return null;
      const isQuiet = afterQuiet(called.wall, channel.pace.quiet, zone) > called.wall;
      if (isQuiet && !isBreaking(channel, article)) return 'it is quiet';
      const isToCome = embargoedUntil(article.publishedAt, called.wall) !== null;
      if (isToCome && !isSentByHand(delivery)) return 'its time is still to come';
      return ageVerdict({ delivery, article, pace: channel.pace, now: called.wall - longestPassage, zone });
    },
  };
}
