/** Many runs added up to one line. */
import type { Judgement } from '#tests/faults/simulation/oracle.ts';

export interface Totals {
  seeds: number;
  failed: number;
  doubles: number;
  repeats: number;
  lost: number;
  parked: number;
  frozenInTheGate: number;
}

export const noTotals: Totals = {
  ...{ seeds: 0, failed: 0, doubles: 0, repeats: 0, lost: 0, parked: 0, frozenInTheGate: 0 },
};

export function addUp(totals: Totals, verdict: Judgement | null): Totals {
  return {
    seeds: totals.seeds + 1,
    failed: totals.failed,
    doubles: totals.doubles + (verdict?.doubles.length ?? 0),
    repeats: totals.repeats + (verdict?.repeats.length ?? 0),
    lost: totals.lost + (verdict?.lost.length ?? 0),
    parked: totals.parked + (verdict?.parked ?? 0),
    frozenInTheGate: totals.frozenInTheGate + (verdict?.frozenInTheGate ?? 0),
  };
}

/** What is wrong with a run, in sentences. */
export function failuresOf(verdict: Judgement | null): string[] {
  return verdict === null ? [] : [...verdict.doubles, ...verdict.repeats, ...verdict.lost, ...verdict.wrong];
}

export function verdictLine({ seeds, doubles, repeats, lost, parked, frozenInTheGate }: Totals): string {
  return (
    `${seeds} seeds: ${doubles} doubles in A, B, C; ${repeats} repeats in D; ${lost} lost; ` +
    `${parked} parked; ${frozenInTheGate} frozen-in-the-gate`
  );
}
