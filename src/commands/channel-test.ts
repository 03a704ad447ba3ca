/** `loa channel test`: the credentials, then a post that is taken back. */
import type { CommandContext } from '#src/commands/command.ts';
import { withDelivery } from '#src/commands/own-delivery.ts';
import { readLedger } from '#src/commands/read-ledger.ts';
import { configuredChannel } from '#src/core/configured-channel.ts';
import { formatDateTime } from '#src/core/time.ts';
import { type ChannelTest, testChannel } from '#src/delivery/test-channel.ts';

/** Gives whether all went well. */
export async function tryChannel(context: CommandContext, id: string): Promise<boolean> {
  const withPost = context.values['no-post'] !== true;
  const { document, timezone } = await readLedger<ChannelTest>(context, {
    path: `/channels/${encodeURIComponent(id)}/test`,
    method: 'POST',
    body: { withPost },
    // Photos may be uploaded and taken back, each with its own limit.
    timeoutMs: 180_000,
    // Before the first start is the best time.
    fresh: true,
    read: (ledger, settings) =>
      withDelivery(context, settings, ledger, (delivery) =>
        testChannel(configuredChannel(id, delivery.channels), { withPost }, delivery),
      ),
  });
  if (context.values['json']) context.out(JSON.stringify(document, null, 2));
  else for (const line of lines(document, timezone)) context.out(line);
  return isWell(document);
}

const isWell = ({ post }: ChannelTest): boolean => post.state !== 'not sent' && post.state !== 'in doubt';

function lines({ channel, kind, account, expiresAt, limits, post }: ChannelTest, timezone: string): string[] {
  const { length, unit, photos } = limits;
  const ends = expiresAt === null ? '' : `; they end at ${formatDateTime(Date.parse(expiresAt), timezone)}`;
  const detail = post.detail === null ? '' : `: ${post.detail}`;
  return [
    `${channel} (${kind}): the credentials work for ${account}${ends}`,
    `takes ${length === null ? 'any length' : `${length} ${unit}`} and ${photos} photos`,
    post.state === 'other' ? `${post.detail}` : `test post: ${post.state}${detail}${post.url ? ` (${post.url})` : ''}`,
  ];
}
