/** The delivery protocol with one part taken out. */
import { deliverPost } from '#src/delivery/deliver.ts';
import type { DeliveryDeps } from '#src/delivery/deps.ts';
import { lastGate } from '#src/delivery/gate.ts';
import type { DeliveryStore } from '#src/stores/deliveries.ts';
import type { Ledger } from '#src/stores/ledger.ts';
import type { Fates } from '#tests/faults/simulation/process.ts';
import type { Changes } from '#tests/faults/simulation/simulation.ts';

export interface Mutation {
  name: string;
  changes: Changes;
  /** Where to begin: few seeds show it, and the first is far. */
  from?: number;
}

export const mutations: readonly Mutation[] = [
  {
    name: 'that the last gate is missing',
    changes: { deliver: (id, deps) => deliverPost(id, deps, async () => null) },
  },
  {
    name: 'that an older fence is not refused',
    from: 36,
    changes: {
      deliver: withoutFence,
      workers: 4,
      fates: { kill: 0, focus: { step: 'deliveries.freezePost', chance: 0.3, only: 'freezes' } },
    },
  },
  {
    name: 'that nobody reconciles',
    changes: { reconcile: async () => ({ kind: 'done' }), fates: at('channel.publish') },
  },
  {
    name: 'that a post in doubt is blindly sent again, also where nobody ever freezes',
    changes: {
      ...withDeliveries(blind),
      fates: { freeze: 0, focus: { step: 'channel.publish', chance: 0.5, only: 'kills' } },
    },
  },
  {
    name: 'that a post is composed anew for every try',
    changes: { ...withDeliveries(unfrozen), fates: at('channel.publish') },
  },
];

/** Killed or frozen there, every second time. */
function at(step: string): Partial<Fates> {
  return { focus: { step, chance: 0.5 } };
}

/** Nobody learns at the gate that the row is another worker's by now, or ended. */
function withoutFence(id: string, deps: DeliveryDeps) {
  return deliverPost(id, deps, (work, lease, gateDeps) => {
    const deliveries: DeliveryStore = {
      ...gateDeps.ledger.deliveries,
      get: async () => ({ ...work.delivery, state: 'sending' }),
      renew: async () => true,
    };
    return lastGate(work, lease, { ...gateDeps, ledger: { ...gateDeps.ledger, deliveries } });
  });
}

function withDeliveries(change: (deliveries: DeliveryStore) => Partial<DeliveryStore>): Changes {
  return {
    ledger: (ledger: Ledger) => ({ ...ledger, deliveries: { ...ledger.deliveries, ...change(ledger.deliveries) } }),
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
