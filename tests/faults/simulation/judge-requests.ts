/** How often readers saw something new, and how often a request went out that may have arrived before. */
import type { Delivery } from '#src/core/delivery.ts';
import { nameOf } from '#tests/faults/simulation/name-of.ts';
import type { Judgement } from '#tests/faults/simulation/oracle.ts';
import type { People } from '#tests/faults/simulation/people.ts';
import type { Service, Wire } from '#tests/faults/simulation/services.ts';

/** Of all rows of one article on one channel. */
export function judgeRequests(
  rows: Delivery[],
  service: Service,
  { retried, approved }: Pick<People, 'retried' | 'approved'>,
  verdict: Judgement,
): void {
  for (const { key, text, op } of service.wires) {
    const read = approved.get(key);
    if (read !== undefined && text !== read && rows.some((row) => row.key === key)) {
      verdict.wrong.push(`${op} ${key} went out as "${text}", and what was read was "${read}"`);
    }
  }
  for (const [key, row] of new Map(rows.map((one) => [one.key, one]))) {
    if (row.op !== 'create' && !row.asReply) continue;
    const shown = service.record.filter(({ op, wire }) => wire.key === key && (op === 'create' || op === 'reply'));
    if (row.state === 'sent' && shown.length === 0 && !isOfTheDesk(row)) {
      verdict.lost.push(`${nameOf(row)} is sent, and was never shown`);
    }
    const isRetried = rows.some((one) => one.key === key && retried.has(one.id));
    countShown(row, shown, isRetried, service, verdict);
    if (isRetried) continue;
    if (service.traits.kind === 'blind') countRepeats(row, service, verdict);
  }
}

/** Found on the account, where somebody had posted the same link. */
function isOfTheDesk({ remote }: Delivery): boolean {
  return remote?.id.includes('by-hand') ?? false;
}

/** `isRetried`: a person had it sent again, knowing that it may stand. */
function countShown(
  row: Delivery,
  shown: Service['record'],
  isRetried: boolean,
  { traits }: Service,
  verdict: Judgement,
): void {
  // One that was taken back and stands again under its old name is judged with what stands.
  const extras = new Set(shown.map(({ id }) => id)).size - 1;
  if (extras < 1) return;
  const residual = traits.kind === 'keyed' ? 0 : Math.min(shown.filter(({ wire }) => wire.frozenInTheGate).length, 1);
  verdict.frozenInTheGate += Math.min(extras, residual);
  if (extras > residual && !isRetried) {
    verdict.doubles.push(`${nameOf(row)} was shown ${extras + 1} times: ${shown.map(({ id }) => id).join(' ')}`);
  }
}

function countRepeats(row: Delivery, { wires }: Service, verdict: Judgement): void {
  const sent = wires.filter(({ key }) => key === row.key);
  const mayHaveArrived = (wire: Wire) => wire.told !== 'not shown' && !wire.frozenInTheGate;
  const repeated = sent.some((wire, index) => !wire.frozenInTheGate && sent.slice(0, index).some(mayHaveArrived));
  if (repeated) verdict.repeats.push(`${nameOf(row)} was sent again after a request that may have arrived`);
}
