/** `loa delivery show` and `approve`: reading a post before it goes out, and letting it go. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type CommandContext, UsageError } from '#src/commands/command.ts';
import { decide } from '#src/commands/decide.ts';
import { withDelivery } from '#src/commands/own-delivery.ts';
import { postLines } from '#src/commands/preview.ts';
import { readLedger } from '#src/commands/read-ledger.ts';
import { userName } from '#src/commands/user-name.ts';
import { type DeliveryOp, waitsForApproval } from '#src/core/delivery.ts';
import { messageOf, UserError } from '#src/core/errors.ts';
import { formatDateTime } from '#src/core/time.ts';
import { showDelivery } from '#src/delivery/approve.ts';
import { deliveryView, type ShownView, shownView } from '#src/server/ledger-views.ts';

/** The exact text that waits or went out. */
export async function showPost(context: CommandContext, id: string): Promise<void> {
  const { document, timezone } = await readLedger<{ delivery: ShownView } | null>(context, {
    path: `/deliveries/${encodeURIComponent(id)}`,
    read: (ledger, settings) =>
      withDelivery(context, settings, ledger, async (delivery) => {
        const shown = await showDelivery(id, delivery);
        return shown && { delivery: shownView(shown) };
      }),
  });
  if (document === null) throw new UserError(`There is no delivery ${id}.`, { next: 'loa delivery list shows them.' });
  if (context.values['json']) return context.out(JSON.stringify(document, null, 2));
  const { delivery } = document;
  context.out(standing(delivery, timezone));
  if (delivery.post) context.out(postLines(delivery.post));
  if (delivery.state === 'waiting' && delivery.reason === waitsForApproval) {
    context.out(`\nIt goes out after: loa delivery approve ${id}`);
  }
}

/** As it is shown, or with the text of `--text` or `--file`. */
export async function approvePost(context: CommandContext, id: string): Promise<void> {
  const by = userName(context.env);
  const text = await givenText(context);
  const approval = { by, ...(text !== undefined && { text }) };
  const { document } = await decide(context, {
    path: `/deliveries/${encodeURIComponent(id)}/approve`,
    body: approval,
    decide: async (decisions) => ({ delivery: deliveryView(await decisions.approve(id, approval)) }),
  });
  if (context.values['json']) return context.out(JSON.stringify(document, null, 2));
  const { channel, state, reason } = document.delivery;
  context.out(`${channel}: approved by ${by}, ${state}${reason ? `: ${reason}` : ''}`);
}

async function givenText({ values, cwd }: CommandContext): Promise<string | undefined> {
  const { text, file } = values;
  if (typeof text === 'string' && typeof file === 'string') {
    throw new UsageError('The post has one text: give --text or --file, not both.');
  }
  if (typeof file !== 'string') return typeof text === 'string' ? text : undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(resolve(cwd, file)));
  } catch (error) {
    throw new UserError(`${file} cannot be read as text: ${messageOf(error)}`, { next: 'It must be a file in UTF-8.' });
  }
}

const names: Readonly<Record<DeliveryOp, string>> = { create: 'post', edit: 'correction', withdraw: 'withdrawal' };

function standing({ channel, op, asReply, state, reason, url, approved }: ShownView, timezone: string): string {
  const what = `${names[op as DeliveryOp]}${asReply ? ' in a reply' : ''}`;
  const approval = approved
    ? ` (approved by ${approved.by} at ${formatDateTime(Date.parse(approved.at), timezone)})`
    : '';
  return [`${channel}: ${what}, ${state}${reason ? `: ${reason}` : ''}${approval}`, ...(url ? [url] : [])].join('\n');
}
