/** What people decide of what waits for them, now and then; nothing strikes them. */
import { enqueueDelivery } from '#jobs/deliver-post.ts';
import type { Deps } from '#jobs/deps.ts';
import { type Delivery, isAwaited } from '#src/core/delivery.ts';
import { UserError } from '#src/core/errors.ts';
import { postText } from '#src/core/length.ts';
import type { Settings } from '#src/core/settings.ts';
import { approveByHand, showDelivery } from '#src/delivery/approve.ts';
import { adoptByHand, cancelByHand, retryByHand } from '#src/delivery/by-hand.ts';
import { unknownTries } from '#src/delivery/work.ts';
import type { Ledger } from '#src/stores/ledger.ts';
import type { RecordingAlerts } from '#tests/fakes/alerts.ts';
import { silentLog } from '#tests/fakes/log.ts';
import type { Fleet } from '#tests/faults/simulation/fleet.ts';
import { addressOf, type Service } from '#tests/faults/simulation/services.ts';
import type { World } from '#tests/faults/simulation/world.ts';

export interface People {
  /** Rows that a person sent again although they may have been shown. */
  retried: Set<string>;
  /** What was read and let go, by the row's key. */
  approved: Map<string, string>;
  /** Someone looks at the list and decides some of it. */
  look(): Promise<void>;
  /** Nothing waits to be read any longer. */
  approveAll(): Promise<void>;
}

export interface PeoplePlan {
  ledger: Ledger;
  alerts: RecordingAlerts;
  services: ReadonlyMap<string, Service>;
  channels: Deps['channels'];
  settings: Pick<Settings, 'site' | 'publicUrl' | 'summarizer'>;
}

export function createPeople(plan: PeoplePlan, fleet: Fleet, world: World): People {
  const { ledger, services } = plan;
  const { dice } = world;
  const deps = {
    ...plan,
    clock: { now: () => world.now + world.wallOffset, monotonic: () => world.now, sleep: async () => {} },
    http: { request: () => Promise.reject(new Error('no network here')) },
    fitPhoto: () => Promise.reject(new Error('no pictures here')),
    log: silentLog,
    signal: new AbortController().signal,
  };
  const people: People = {
    retried: new Set(),
    approved: new Map(),
    async look() {
      for (const row of await waiting()) if (dice.chance(0.5)) await approve(row);
      if (!dice.chance(0.3)) return;
      for (const row of await ledger.deliveries.list({ states: ['parked', 'dead', 'cancelled'], limit: 10 })) {
        if (dice.chance(0.4)) await unlessRefused(() => decide(row));
      }
    },
    async approveAll() {
      for (const row of await waiting()) await approve(row);
    },
  };
  return people;

  async function waiting(): Promise<Delivery[]> {
    const rows = await ledger.deliveries.list({ states: ['waiting'], limit: 100 });
    return rows.filter((row) => isAwaited(row) && row.freeAt !== null);
  }

  async function approve(row: Delivery): Promise<void> {
    await unlessRefused(async () => {
      const shown = await showDelivery(row.id, deps);
      if (!shown?.post || shown.revision === null) return;
      const text = `Đọc ngay. Bản ${shown.revision} của ${row.articleId}\nhttps://bao.example/${row.articleId}`;
      const approval = { by: 'anna', revision: shown.revision, ...(dice.chance(0.5) && { text }) };
      const { key, post } = await approveByHand(row.id, approval, deps);
      world.tell(() => `anna approves ${row.id}${approval.text ? ', in her own words' : ''}`);
      for (const one of await ledger.deliveries.list({ articleIds: [row.articleId], limit: 100 })) {
        if (one.approved && !people.approved.has(one.key)) people.approved.set(one.key, postText(one.post!.segments));
      }
      if (people.approved.get(key) !== postText(post!.segments))
        world.failure = new Error(`${row.id} was read otherwise`);
      await enqueueDelivery(row, fleet.jobs);
    });
  }

  async function decide(row: Delivery): Promise<void> {
    const service = services.get(row.channelId)!;
    const standing = [...service.posts.values()].find(({ key, taken }) => key === row.key && !taken);
    if (row.op === 'create' && standing && dice.chance(0.6)) {
      world.tell(() => `anna adopts ${standing.id} for ${row.id}`);
      await adoptByHand(row.id, addressOf(standing.id), deps);
    } else if (dice.chance(0.5)) {
      world.tell(() => `anna tries ${row.id} again`);
      const doubtful = unknownTries(await ledger.deliveries.attempts(row.id)).length > 0 || standing;
      if (doubtful) people.retried.add(row.id);
      await retryByHand(row.id, deps);
      await enqueueDelivery(row, fleet.jobs);
    } else if (row.state === 'parked') {
      world.tell(() => `anna cancels ${row.id}`);
      await cancelByHand(row.id, deps);
    }
  }

  async function unlessRefused(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      world.tell(() => `anna may not: ${error.message}`);
    }
  }
}
