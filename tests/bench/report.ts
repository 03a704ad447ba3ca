/** What a bench says: one line per bar, kept for the table at the end. */
import { ratioOf, type Spread, spreadOf } from '#tests/bench/statistics.ts';

/** One measured thing; `bench` is the file's name. */
export interface Result {
  bench: string;
  name: string;
  ours: string;
  /** The peer or the limit it is held against; empty for what is only told. */
  against: string;
  ratio: string;
  bar: string;
  verdict: 'ok' | 'MISSED' | 'told' | 'left out';
}

export type Bar = { atMost: number } | { atLeast: number };

export interface Comparison {
  ours: readonly number[];
  peer: readonly number[];
  unit: string;
  /** Of the ratio ours / peer; without one the ratio is only told. */
  bar?: Bar;
}

export interface Report {
  /** Ours beside a peer that was measured in the same rounds. */
  compare(name: string, comparison: Comparison): void;
  /** Ours beside a fixed limit, in the same unit. */
  limit(name: string, measured: { ours: readonly number[]; unit: string; bar: Bar }): void;
  /** Told beside the bars. */
  tell(name: string, values: readonly number[], unit: string): void;
  /** A bar that cannot be measured on this machine, and why: `redis-server is not on this machine`. */
  leaveOut(name: string, reason: string): void;
}

export function createReport(bench: string, say: (result: Result) => void): Report {
  return {
    compare(name, { ours, peer, unit, bar }) {
      const ratio = ratioOf(ours, peer);
      say({
        bench,
        name,
        ours: spread(spreadOf(ours), unit),
        against: `peer ${spread(spreadOf(peer), unit)}`,
        ratio: spread(ratio, ''),
        ...held(bar, ratio.median, ''),
      });
    },
    limit(name, { ours, unit, bar }) {
      const measured = spreadOf(ours);
      const limit = 'atMost' in bar ? bar.atMost : bar.atLeast;
      const against = `limit ${figure(limit)} ${unit}`;
      const ratio = figure(measured.median / limit);
      say({ bench, name, ours: spread(measured, unit), against, ratio, ...held(bar, measured.median, unit) });
    },
    tell(name, values, unit) {
      say({ bench, name, ours: spread(spreadOf(values), unit), against: '', ratio: '', bar: '', verdict: 'told' });
    },
    leaveOut(name, reason) {
      say({ bench, name, ours: '', against: reason, ratio: '', bar: '', verdict: 'left out' });
    },
  };
}

/** `feeds: rss: ours 12 ms (11..14), peer 10 ms (9..11), ratio 1.2 (1.1..1.4), bar <= 1.3: ok` */
export function lineOf({ bench, name, ours, against, ratio, bar, verdict }: Result): string {
  const parts = [ours && `ours ${ours}`, against, ratio && `ratio ${ratio}`, bar && `bar ${bar}`];
  return `${bench}: ${name}: ${parts.filter((part) => part !== '').join(', ')}: ${verdict}`;
}

/** All of them in columns. */
export function tableOf(results: readonly Result[]): string {
  const rows = results.map(({ bench, name, ours, against, ratio, bar, verdict }) => {
    return [`${bench}: ${name}`, ours, against, ratio, bar, verdict];
  });
  const all = [['measured', 'ours', 'peer or limit', 'ratio', 'bar', ''], ...rows];
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function held(bar: Bar | undefined, value: number, unit: string): Pick<Result, 'bar' | 'verdict'> {
  if (!bar) return { bar: '', verdict: 'told' };
  const [sign, limit] = 'atMost' in bar ? ['<=', bar.atMost] : ['>=', bar.atLeast];
  const isHeld = 'atMost' in bar ? value <= limit : value >= limit;
  return { bar: `${sign} ${figure(limit)} ${unit}`.trim(), verdict: isHeld ? 'ok' : 'MISSED' };
}

function spread({ median, min, max }: Spread, unit: string): string {
  const middle = `${figure(median)} ${unit}`.trim();
  return min === max ? middle : `${middle} (${figure(min)}..${figure(max)})`;
}

/** Three digits that count: 0.0123, 1.23, 12.3, 12,345. */
function figure(value: number): string {
  return value.toLocaleString(
    'en',
    Math.abs(value) >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 },
  );
}
