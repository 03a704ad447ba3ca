/** `loa channel`: how each channel stands; stops one and lets it go on. */
import { showOptOuts } from '#src/commands/channel-opt-outs.ts';
import { tryChannel } from '#src/commands/channel-test.ts';
import { type Command, type CommandContext, configOption, jsonOption, UsageError } from '#src/commands/command.ts';
import { readLedger } from '#src/commands/read-ledger.ts';
import { table } from '#src/commands/table.ts';
import { formatDateTime } from '#src/core/time.ts';
import { systemClock } from '#src/ops/clock.ts';
import { type ChannelView, switchChannel, viewChannels } from '#src/server/ledger-channels.ts';

export const channel: Command = {
  name: 'channel',
  usage: [
    'channel list [--json]',
    'channel test ID [--no-post] [--json]',
    'channel pause|resume ID [--json]',
    'channel optouts ID [--remove ADDRESS] [--json]',
  ],
  summary:
    'shows how each channel stands; tries one; pauses one, or lets it go on after its cause is mended; shows who left a mailing list',
  options: {
    'no-post': { type: 'boolean', help: 'Only the credentials: no test post that is taken back.' },
    remove: { type: 'string', value: 'ADDRESS', help: 'Gets mails again: for whoever has asked for it.' },
    config: configOption,
    json: jsonOption,
  },
  async run(context) {
    const [action, id, ...rest] = context.args;
    if (action === 'test' && id && rest.length === 0) return (await tryChannel(context, id)) ? 0 : 1;
    if (action === 'list' && !id) await list(context);
    else if (action === 'optouts' && id && rest.length === 0) await showOptOuts(context, id);
    else if ((action === 'pause' || action === 'resume') && id && rest.length === 0) await change(context, action, id);
    else
      throw new UsageError('channel needs "list", "test ID", "pause ID", "resume ID" or "optouts ID".', {
        next: 'loa help channel',
      });
    return 0;
  },
};

async function list(context: CommandContext): Promise<void> {
  const { document, timezone } = await readLedger(context, {
    path: '/channels',
    read: (ledger, settings) => viewChannels(ledger, settings, systemClock.now()),
  });
  if (context.values['json']) return context.out(JSON.stringify(document, null, 2));
  if (document.channels.length === 0) return context.out('No channels are configured.');
  const rows = document.channels.map((one) => [one.id, one.kind, ...standing(one, timezone)]);
  context.out(table([['channel', 'kind', 'state', 'why'], ...rows]));
}

async function change(context: CommandContext, to: 'pause' | 'resume', id: string): Promise<void> {
  const { document, timezone } = await readLedger(context, {
    path: `/channels/${encodeURIComponent(id)}/${to}`,
    method: 'POST',
    body: {},
    read: (ledger, settings) => switchChannel(ledger, settings, { id, to, now: systemClock.now() }),
  });
  if (context.values['json']) return context.out(JSON.stringify(document, null, 2));
  context.out([`${id}:`, ...standing(document.channel, timezone)].join(' ').trim());
}

function standing({ state, reason, until }: ChannelView, timezone: string): [string, string] {
  const when = until === null ? '' : `, until ${formatDateTime(Date.parse(until), timezone)}`;
  return [state, `${reason ?? ''}${when}`];
}
