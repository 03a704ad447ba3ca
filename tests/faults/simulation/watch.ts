/** How soon a request whose outcome nobody knows is shown as such, and how soon it is settled. */
import type { Delivery } from '#src/core/delivery.ts';
import { notPublishedYet } from '#src/core/delivery-plan.ts';
import type { Ledger } from '#src/stores/ledger.ts';
import { nameOf } from '#tests/faults/simulation/name-of.ts';
import type { Wire } from '#tests/faults/simulation/services.ts';
import type { World } from '#tests/faults/simulation/world.ts';

const second = 1000;
const shownWithin = 120 * second;
const settledWithin = 600 * second;

export interface Watch {
  left(wire: Wire): void;
  /** What took too long, in sentences. */
  late: string[];
}

/** Counted from the last thing that went wrong: workers that die one after the other, or hints that all get lost, take longer. */
export function watchDoubt(ledger: Ledger, claimOf: (key: string) => { id: string } | undefined, world: World): Watch {
  const late: string[] = [];
  const newest = new Map<string, Wire>();

  const inTime = (wire: Wire, limit: number, check: () => Promise<void>): void => {
    const from = Math.max(wire.leftAt, world.lastBlow);
    const { wallOffset } = world;
    world.after(from + limit - world.now, async () => {
      // By a clock that was set back what is next is due an hour later.
      if (newest.get(wire.key) !== wire || world.wallOffset < wallOffset) return;
      if (world.lastBlow > from) inTime(wire, limit, check);
      else await check();
    });
  };

  return {
    late,
    left(wire) {
      const claim = claimOf(wire.key);
      if (!claim) return;
      newest.set(wire.key, wire);
      inTime(wire, shownWithin, async () => {
        const row = await ledger.deliveries.get(claim.id);
        const tries = await ledger.deliveries.attempts(claim.id);
        // A try that began since then has a time of its own.
        const isSame = claimOf(wire.key) === claim;
        const isOpen = row?.state === 'sending' && tries.at(-1)?.result === 'sending';
        if (isOpen && isSame) late.push(`${nameOf(row)} is in doubt, and after 120 s nobody can see it`);
      });
      inTime(wire, settledWithin, async () => {
        const row = await ledger.deliveries.get(claim.id);
        if (row && isUnsettled(row) && !(await rests(row)))
          late.push(`${nameOf(row)} is ${row.state} after 10 min: ${row.reason}`);
      });
    },
  };

  /** Nothing more is sent to a service that fails all the time; it is asked again every quarter of an hour at least. */
  async function rests({ channelId, articleId }: Delivery): Promise<boolean> {
    const { paused, failures } = await ledger.channels.state(channelId, world.now);
    const article = await ledger.articles.get(articleId);
    return paused || failures >= 5 || article?.state === 'held' || (await ledger.switches.stopped()) !== null;
  }
}

/** An embargo that a clock set back puts ahead again is to be waited for. */
function isUnsettled({ op, asReply, state, reason }: Delivery): boolean {
  return reason !== notPublishedYet && (op === 'create' || asReply) && (state === 'sending' || state === 'retry');
}
