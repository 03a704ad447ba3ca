/** Without a part of the protocol the simulation must fail: else its silence would say nothing. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mutations } from '#tests/faults/simulation/mutations.ts';
import { type Arena, openArena } from '#tests/faults/simulation/open.ts';
import { type Changes, simulate } from '#tests/faults/simulation/simulation.ts';
import { failuresOf } from '#tests/faults/simulation/verdict.ts';

let arena: Arena;
beforeAll(async () => {
  arena = await openArena();
});
afterAll(() => arena.close());

/** The first of the seeds that shows it. */
async function shown(seeds: readonly number[], changes: Changes): Promise<string[]> {
  for (const seed of seeds) {
    const found = failuresOf(await simulate(seed, await arena.fresh(), { changes }));
    if (found.length > 0) return found;
  }
  return [];
}

describe('the simulation notices', () => {
  it('that the database takes a second create', async () => {
    await sql`DROP INDEX loa.one_create_for_ever`.execute(arena.db);
    try {
      expect(await shown([4], {})).not.toEqual([]);
    } finally {
      await arena.fresh();
      await sql`CREATE UNIQUE INDEX one_create_for_ever ON loa.deliveries (article_id, channel_id, part)
        WHERE op = 'create'`.execute(arena.db);
    }
  });

  it.each(mutations)('$name', async ({ seeds, changes }) => {
    expect(await shown(seeds, changes)).not.toEqual([]);
  });
});
