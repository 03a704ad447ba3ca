/**
 * Reasons stand in the ledger as English sentences, written once by whoever decided. Here they are told in another
 * language: each known sentence is a template, and a reason that fits one gives the values for the other.
 */
import { fill } from '#src/core/fill.ts';

/** English and the other language. `{n}` is a number; `{why}`, `{more}`, `{age}` and `{limit}` are reasons themselves. */
export type ReasonTable = readonly (readonly [english: string, told: string])[];

const inner = new Set(['why', 'more', 'age', 'limit']);

/** Nothing of ours is longer; what a service wrote is not taken apart. */
const longest = 1000;

/** The first template that fits tells it; what fits none stays as it is written. */
export function tellReason(reason: string, table: ReasonTable): string {
  if (reason.length > longest) return reason;
  for (const [english, told] of table) {
    const values = readBy(english, reason);
    if (values === null) continue;
    const known = Object.entries(values).map(([name, value]) => [
      name,
      inner.has(name) ? tellReason(value, table) : value,
    ]);
    return fill(told, Object.fromEntries(known));
  }
  return reason;
}

/** The values that make the template this text; each ends where the template's next words first follow. */
function readBy(template: string, text: string): Record<string, string> | null {
  // Words and names by turns, words first.
  const pieces = template.split(/\{(\w+)\}/);
  if (!text.startsWith(pieces[0]!)) return null;
  const values: Record<string, string> = {};
  let at = pieces[0]!.length;
  for (let index = 1; index < pieces.length; index += 2) {
    const [name, next] = [pieces[index]!, pieces[index + 1]!];
    const isLast = index + 2 === pieces.length;
    const end = isLast ? text.length - next.length : text.indexOf(next, at + 1);
    if (end <= at || !text.startsWith(next, end)) return null;
    const value = text.slice(at, end);
    if (name === 'n' && !/^\d+(\.\d+)?$/.test(value)) return null;
    values[name] = value;
    at = end + next.length;
  }
  return at === text.length ? values : null;
}
