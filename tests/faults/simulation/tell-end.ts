import type { Ledger } from '#src/stores/ledger.ts';
import { nameOf } from '#tests/faults/simulation/name-of.ts';
import { start, type World } from '#tests/faults/simulation/world.ts';

/** The last lines of a story: every delivery with its tries. */
export async function tellEnd(articles: readonly string[], { deliveries }: Ledger, world: World): Promise<void> {
  const rows = await deliveries.list({ articleIds: [...articles], limit: 1000 });
  for (const row of rows.reverse()) {
    const tries = (await deliveries.attempts(row.id)).map(
      ({ number, startedAt, result }) => `${number} at ${(startedAt - start) / 1000}: ${result}`,
    );
    const { state, reason, revision, remote } = row;
    const end = `r${revision} ${state}${reason ? `: ${reason}` : ''}`;
    world.tell(() => `${nameOf(row)}, ${end} [${tries.join(', ')}] ${remote?.id ?? ''}`);
  }
}
