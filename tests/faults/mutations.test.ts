/** Without a part of the protocol the simulation must fail: else its silence would say nothing. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mutations } from '#tests/faults/simulation/mutations.ts';
import { type Arena, openArena } from '#tests/faults/simulation/open.ts';
import { type Changes, frozenInTheGate, simulate } from '#tests/faults/simulation/simulation.ts';
import { failuresOf } from '#tests/faults/simulation/verdict.ts';

let arena: Arena;
beforeAll(async () => {
  arena = await openArena();
});
afterAll(() => arena.close());

/** Far fewer show each of them, whatever a change elsewhere makes of a single seed. */
const most = 150;

/** What the first seed finds that shows it. */
async function shown(changes: Changes, from = 0): Promise<string[]> {
  for (let seed = from; seed < from + most; seed++) {
    const found = failuresOf(await simulate(seed, await arena.fresh(), { changes }));
    if (found.length > 0) return found;
  }
  return [];
}

describe('the simulation notices', () => {
  it('that the database takes a second create', async () => {
    await sql`DROP INDEX loa.one_create_for_ever`.execute(arena.db);
    try {
      expect(await shown({})).not.toEqual([]);
    } finally {
      await arena.fresh();
      await sql`CREATE UNIQUE INDEX one_create_for_ever ON loa.deliveries (article_id, channel_id, part)
        WHERE op = 'create'`.execute(arena.db);
    }
  });

  it('a worker that freezes in the gate, and counts apart what nobody can keep from happening', async () => {
    const soonest = 43;
    let counted = 0;
    for (let seed = soonest; counted === 0 && seed < soonest + most; seed++) {
      const changes = { fates: frozenInTheGate, workers: 4 };
      const verdict = await simulate(seed, await arena.fresh(), { changes });
      expect(failuresOf(verdict)).toEqual([]);
      counted += verdict.frozenInTheGate;
    }
    expect(counted).toBeGreaterThan(0);
  });

  it.each(mutations)('$name', async ({ changes, from }) => {
    expect(await shown(changes, from)).not.toEqual([]);
  });
});
