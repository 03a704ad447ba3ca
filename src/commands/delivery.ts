/** `loa delivery`: what was posted, what waits, and why. */
import { type Command, type CommandContext, configOption, jsonOption, UsageError } from '#src/commands/command.ts';
import { decide } from '#src/commands/decide.ts';
import { approvePost, showPost } from '#src/commands/delivery-approve.ts';
import { positiveNumber } from '#src/commands/numbers.ts';
import { readLedger } from '#src/commands/read-ledger.ts';
import { table } from '#src/commands/table.ts';
import { type DeliveryState, deliveryStates, isPaused } from '#src/core/delivery.ts';
import { nearest } from '#src/core/nearest.ts';
import { stopHeadline } from '#src/core/stop.ts';
import { formatDateTime } from '#src/core/time.ts';
import { type DeliveryView, deliveryView, viewDeliveries } from '#src/server/ledger-views.ts';

export const delivery: Command = {
  name: 'delivery',
  usage: [
    'delivery list [--state STATE] [--limit N] [--json]',
    'delivery show ID [--json]',
    'delivery approve ID [--text TEXT | --file FILE] [--json]',
    'delivery retry|cancel ID [--json]',
    'delivery adopt ID URL [--json]',
  ],
  summary: 'lists what was posted and what waits, with the reason; shows, approves, retries, cancels or adopts one',
  options: {
    state: { type: 'string', value: 'STATE', help: `One of: ${deliveryStates.join(', ')}.` },
    limit: { type: 'string', value: 'N', help: 'How many, newest first; 200 when left out.' },
    text: { type: 'string', value: 'TEXT', help: 'What is posted instead of the text shown.' },
    file: { type: 'string', value: 'FILE', help: 'The same, from a file in UTF-8.' },
    config: configOption,
    json: jsonOption,
  },
  async run(context) {
    const [action, id, url, ...rest] = context.args;
    refuseText(context, action);
    if (action === 'list' && !id) await list(context);
    else if (action === 'show' && id && !url) await showPost(context, id);
    else if (action === 'approve' && id && !url) await approvePost(context, id);
    else if ((action === 'retry' || action === 'cancel') && id && !url) await change(context, action, id);
    else if (action === 'adopt' && id && url && rest.length === 0) await change(context, action, id, url);
    else {
      throw new UsageError(
        'delivery needs "list", "show ID", "approve ID", "retry ID", "cancel ID" or "adopt ID URL".',
        {
          next: 'loa help delivery',
        },
      );
    }
    return 0;
  },
};

/** Whoever gives a text means it to be posted: it is not passed over. */
function refuseText({ values }: CommandContext, action: string | undefined): void {
  const given = ['text', 'file'].find((name) => values[name] !== undefined);
  if (given === undefined || action === 'approve') return;
  throw new UsageError(`--${given} belongs to "delivery approve ID".`, { next: 'loa help delivery' });
}

async function list(context: CommandContext): Promise<void> {
  const limit = positiveNumber(context, 'limit', 200);
  const state = stateOf(context);
  const query = new URLSearchParams({ limit: String(limit), ...(state ? { state } : {}) });
  const { document, timezone } = await readLedger(context, {
    path: `/deliveries?${query}`,
    read: (ledger) => viewDeliveries(ledger, { limit, ...(state ? { state } : {}) }),
  });
  if (context.values['json']) return context.out(JSON.stringify(document, null, 2));
  if (document.stopped) {
    const { since, by, reason } = document.stopped;
    context.out(`${stopHeadline({ since: Date.parse(since), by, reason }, timezone)}\n`);
  }
  if (document.deliveries.length === 0)
    return context.out(state ? `No deliveries are ${state}.` : 'No deliveries yet.');
  const rows = document.deliveries.map((row) => [
    formatDateTime(Date.parse(row.updatedAt), timezone),
    row.id,
    row.part ? `${row.channel} (${row.part})` : row.channel,
    row.article,
    row.op,
    row.state,
    whereOrWhy(row, timezone),
  ]);
  context.out(table([['changed', 'id', 'channel', 'article', 'what', 'state', 'where, or why'], ...rows]));
}

/** The address alone would hide why a post was not sent or cannot be taken back. */
function whereOrWhy(row: DeliveryView, timezone: string): string {
  const { state, url, reason, dueAt } = row;
  const isToCome = (state === 'waiting' || state === 'retry') && !isPaused({ state, reason });
  const due = isToCome && dueAt !== null ? `due ${formatDateTime(Date.parse(dueAt), timezone)}` : null;
  return [reason, due, url].filter((part) => part !== null).join('; ');
}

async function change(
  context: CommandContext,
  action: 'retry' | 'cancel' | 'adopt',
  id: string,
  url = '',
): Promise<void> {
  const { document } = await decide(context, {
    path: `/deliveries/${encodeURIComponent(id)}/${action}`,
    ...(action === 'adopt' ? { body: { url } } : {}),
    decide: async (decisions) => ({ delivery: deliveryView(await decisions[action](id, url)) }),
  });
  if (context.values['json']) return context.out(JSON.stringify(document, null, 2));
  const { channel, state, reason } = document.delivery;
  context.out(`${channel}: ${state}${reason ? `, ${reason}` : ''}`);
}

function stateOf({ values }: CommandContext): DeliveryState | null {
  const given = values['state'];
  if (typeof given !== 'string') return null;
  const state = deliveryStates.find((one) => one === given);
  if (state) return state;
  const near = nearest(given, deliveryStates);
  throw new UsageError(`There is no state "${given}"${near ? `: did you mean "${near}"?` : '.'}`, {
    next: `States: ${deliveryStates.join(', ')}`,
  });
}
