/** Judges a scenario: what readers saw, against what the ledger says, for every article on every channel. */
import { headlineOf, type Plant, type Row } from '#tests/faults/processes/plant.ts';

export interface Verdict {
  /** More than one post of the same article on the same channel. */
  doubles: string[];
  /** Neither seen by readers nor told to a person. */
  lost: string[];
  /** The ledger says one thing, the readers saw another. */
  untrue: string[];
  parked: string[];
}

/** States in which a row may rest for ever. */
const resting = new Set(['sent', 'parked', 'dead', 'skipped', 'expired', 'cancelled']);

/** Waits until no create of these articles is on its way, then judges. */
export async function judge(plant: Plant, names: readonly string[]): Promise<Verdict> {
  const wanted = names.length * plant.services.length;
  const rows = await plant.until(async () => {
    const found = createsOf(await plant.rows(), names);
    return found.length === wanted && found.every(({ state }) => resting.has(state)) && found;
  });
  return verdictOf(rows, plant, names);
}

/** The same of rows that may still be on their way. */
export function verdictOf(rows: readonly Row[], plant: Plant, names: readonly string[]): Verdict {
  const verdict: Verdict = { doubles: [], lost: [], untrue: [], parked: [] };
  for (const service of plant.services) {
    const posts = service.posts();
    for (const name of names) {
      const what = `${name} on ${service.id}`;
      const seen = posts.filter((text) => new RegExp(`${headlineOf(name)}(?![\\w-])`).test(text)).length;
      const row = rows.find((one) => one.channel === service.id && one.headline === headlineOf(name));
      if (seen > 1) verdict.doubles.push(`${what}: ${seen} times`);
      if (row?.state === 'parked') verdict.parked.push(`${what}: ${row.reason}`);
      if (row?.state === 'sent' && seen === 0) verdict.untrue.push(`${what}: sent, and nobody saw it`);
      if (seen === 0 && row?.state !== 'sent' && row?.state !== 'parked') {
        verdict.lost.push(`${what}: ${row ? `${row.state} ${row.reason ?? ''}` : 'no row'}`);
      }
      if (seen > 0 && row && !['sent', 'parked'].includes(row.state)) {
        verdict.untrue.push(`${what}: seen, but ${row.state} ${row.reason ?? ''}`);
      }
    }
  }
  return verdict;
}

/** Nothing twice, nothing lost, nothing untrue, nothing left to a person. */
export const clean: Verdict = { doubles: [], lost: [], untrue: [], parked: [] };

function createsOf(rows: readonly Row[], names: readonly string[]): Row[] {
  const headlines = new Set(names.map(headlineOf));
  return rows.filter(({ op, headline }) => op === 'create' && headlines.has(headline));
}
