/** The delivery protocol with one part taken out. */
import { deliverPost } from '#src/delivery/deliver.ts';
import type { DeliveryDeps } from '#src/delivery/deps.ts';
import { lastGate } from '#src/delivery/gate.ts';
import { reconcilePost } from '#src/delivery/reconcile.ts';
import type { DeliveryStore } from '#src/stores/deliveries.ts';
import type { Ledger } from '#src/stores/ledger.ts';
import type { Fates } from '#tests/faults/simulation/process.ts';
import type { Changes } from '#tests/faults/simulation/simulation.ts';

export interface Mutation {
  name: string;
  /** Some that are known to show it. */
  seeds: readonly number[];
  changes: Changes;
}

export const mutations: readonly Mutation[] = [
  {
    name: 'that the last gate is missing',
    seeds: [],
    changes: { deliver: (id, deps) => deliverPost(id, deps, async () => null) },
  },
  {
    name: 'that an older fence is not refused',
    seeds: [],
    changes: { ...withDeliveries(unfenced), deliver: withoutFence, fates: at('deliveries.renew') },
  },
  {
    name: 'that nobody reconciles',
    seeds: [],
    changes: { reconcile: async () => ({ kind: 'done' }), fates: at('channel.publish') },
  },
  {
    name: 'that a post in doubt is blindly sent again',
    seeds: [],
    changes: { ...withDeliveries(blind), fates: at('channel.publish') },
  },
  {
    name: 'that a post is composed anew for every try',
    seeds: [],
    changes: { ...withDeliveries(unfrozen), fates: at('channel.publish') },
  },
  {
    name: 'that a claim is begun before the lease of another one is over',
    seeds: [],
    changes: {
      reconcile: (id, deps) =>
        reconcilePost(id, { ...deps, clock: { ...deps.clock, now: () => deps.clock.now() + 300_000 } }),
      fates: at('channel.publish'),
    },
  },
];

/** Killed or frozen there, every second time. */
function at(step: string): Partial<Fates> {
  return { focus: { step, chance: 0.5 } };
}

function withoutFence(id: string, deps: DeliveryDeps) {
  return deliverPost(id, deps, async (work, lease, gateDeps) => {
    const { fence } = (await gateDeps.ledger.deliveries.get(work.delivery.id)) ?? work.delivery;
    return lastGate({ ...work, delivery: { ...work.delivery, fence } }, lease, gateDeps);
  });
}

function withDeliveries(change: (deliveries: DeliveryStore) => Partial<DeliveryStore>): Changes {
  return {
    ledger: (ledger: Ledger) => ({ ...ledger, deliveries: { ...ledger.deliveries, ...change(ledger.deliveries) } }),
  };
}

/** Whoever comes writes, whosever claim it is by then. */
function unfenced(deliveries: DeliveryStore): Partial<DeliveryStore> {
  const newest = async (id: string) => (await deliveries.get(id))?.fence ?? 0;
  return {
    renew: async (id, _fence, ...rest) => deliveries.renew(id, await newest(id), ...rest),
    record: async (id, _fence, ending) => deliveries.record(id, await newest(id), ending),
    freezePost: async (id, _fence, post) => deliveries.freezePost(id, await newest(id), post),
  };
}

/** What nobody knows counts as never sent. */
function blind(deliveries: DeliveryStore): Partial<DeliveryStore> {
  return {
    attempts: async (id) =>
      (await deliveries.attempts(id)).map((attempt) => ({
        ...attempt,
        result: attempt.result === 'sent' ? 'sent' : 'notSent',
      })),
  };
}

/** The row keeps no text. */
function unfrozen(): Partial<DeliveryStore> {
  return { freezePost: async (_id, _fence, post) => post };
}
