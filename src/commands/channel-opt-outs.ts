/** `loa channel optouts`: who has left a list; takes one back in. */
import type { CommandContext } from '#src/commands/command.ts';
import { readLedger } from '#src/commands/read-ledger.ts';
import { table } from '#src/commands/table.ts';
import { formatDateTime } from '#src/core/time.ts';
import { type OptOutsView, removeOptOut, viewOptOuts } from '#src/server/ledger-opt-outs.ts';

export async function showOptOuts(context: CommandContext, id: string): Promise<void> {
  const path = `/channels/${encodeURIComponent(id)}/optouts`;
  const address = context.values['remove'];
  const { document, timezone } = await readLedger<OptOutsView>(
    context,
    typeof address === 'string'
      ? {
          path: `${path}/remove`,
          method: 'POST',
          body: { address },
          read: (ledger, settings) => removeOptOut(ledger, settings, { channelId: id, address }),
        }
      : { path, read: (ledger, settings) => viewOptOuts(ledger, settings, id) },
  );
  if (context.values['json']) return context.out(JSON.stringify(document, null, 2));
  if (document.optOuts.length === 0) return context.out(`Nobody has left the list of ${id}.`);
  const rows = document.optOuts.map(({ address, since }) => [address, formatDateTime(Date.parse(since), timezone)]);
  context.out(table([['address', 'left'], ...rows]));
}
