/** The README's table of guarantees, from the channels themselves. */
import { markdownTable } from '#config/markdown-table.ts';
import type { Channel } from '#src/channels/channel.ts';
import type { Guarantee } from '#src/core/delivery.ts';
import { formatDuration } from '#src/core/time.ts';

const begin = '<!-- guarantees: written by "npm run docs" from the program itself -->';
const end = '<!-- end of guarantees -->';

/** The text with the table between its two marks written anew. */
export function withGuarantees(text: string, channels: readonly Channel<any, any>[]): string {
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error('the README has no place for the table of guarantees');
  return `${text.slice(0, from)}${begin}\n\n${guaranteesTable(channels)}\n\n${text.slice(to)}`;
}

function guaranteesTable(channels: readonly Channel<any, any>[]): string {
  const head = ['channel', 'class', 'when an answer is lost', 'most posts ever', 'correction', 'withdrawal'];
  return markdownTable(head, channels.map(row));
}

function row(channel: Channel<any, any>): string[] {
  // What holds with a service that keeps to its own rules.
  const guarantee = channel.guarantee({});
  const { kind, keepsKeys, find } = channel;
  const later = keepsKeys === undefined ? null : find ? 'C' : 'D';
  const name = later ? `${guarantee}, after ${formatDuration(keepsKeys!)} ${later}` : guarantee;
  const most = guarantee === 'A' && later === null ? '1' : '1, or 2 if a process froze at the gate';
  return [`\`${kind}\``, name, lost(guarantee, later, channel), most, correction(channel), withdrawal(channel)];
}

const looked =
  'looked for among its own posts: found, it is adopted; else sent once more where the list is whole, or parked';

function lost(guarantee: Guarantee, later: Guarantee | null, { find }: Channel): string {
  if (guarantee === 'A') {
    const repeat = 'the same is sent again under the same key';
    return later === null ? repeat : `${repeat}; later ${later === 'C' ? looked : 'it is parked'}`;
  }
  return find ? looked : 'parked for a person; never repeated by itself';
}

function correction({ edit, reply, editNotifies }: Channel): string {
  const ways = [...(edit ? [editNotifies ? 'edit (slips alone are left)' : 'edit'] : []), ...(reply ? ['reply'] : [])];
  return ways.join(' or ') || 'none';
}

function withdrawal({ withdraw, reply, irrevocable }: Channel): string {
  const ways = [...(withdraw ? ['taken back'] : []), ...(reply ? ['reply'] : [])];
  if (irrevocable !== undefined) return [irrevocable, ...(reply ? ['reply'] : [])].join('; ');
  return ways.join(' or ') || 'listed with its link, for a person';
}
