/** `loa backtest`: what today's settings would have posted. */
import { type Command, configOption, jsonOption, UsageError } from '#src/commands/command.ts';
import { positiveNumber } from '#src/commands/numbers.ts';
import { withDelivery } from '#src/commands/own-delivery.ts';
import { readLedger } from '#src/commands/read-ledger.ts';
import { formatDateTime } from '#src/core/time.ts';
import { type BacktestView, backtest as play } from '#src/delivery/backtest.ts';

export const backtest: Command = {
  name: 'backtest',
  usage: ['backtest [--days N] [--channel ID] [--json]'],
  summary: "shows what today's settings would have posted in the last days, and what not and why",
  options: {
    days: { type: 'string', value: 'N', help: 'How many days back; 7 when left out.' },
    channel: { type: 'string', value: 'ID', help: 'Only this channel.' },
    config: configOption,
    json: jsonOption,
  },
  async run(context) {
    if (context.args.length > 0) throw new UsageError('backtest takes no arguments.', { next: 'loa help backtest' });
    const days = positiveNumber(context, 'days', 7);
    const channel = typeof context.values['channel'] === 'string' ? context.values['channel'] : null;
    const query = new URLSearchParams({ days: String(days), ...(channel && { channel }) });
    const { document, timezone } = await readLedger<BacktestView>(context, {
      path: `/backtest?${query}`,
      read: (ledger, settings) => withDelivery(context, settings, ledger, (delivery) => play(days, channel, delivery)),
    });
    if (context.values['json']) context.out(JSON.stringify(document, null, 2));
    else for (const line of lines(document, timezone)) context.out(line);
    return 0;
  },
};

function lines({ from, articles, channels }: BacktestView, timezone: string): string[] {
  const since = formatDateTime(Date.parse(from), timezone);
  return [
    `${articles} articles since ${since}`,
    ...channels.flatMap(({ channel, kind, posts, notPosted }) => [
      '',
      `── ${channel} (${kind}): ${posts.length} posted, ${notPosted.length} not`,
      ...posts.map(({ at, headline, waits }) => {
        return `${formatDateTime(Date.parse(at), timezone)}  ${headline}${waits ? ` (${waits})` : ''}`;
      }),
      ...countReasons(notPosted).map(([reason, count]) => `not posted, ${count}: ${reason}`),
    ]),
  ];
}

/** Most frequent first; how long each waited makes no reason of its own. */
function countReasons(notPosted: BacktestView['channels'][number]['notPosted']): [string, number][] {
  const counts = new Map<string, number>();
  for (const { reason } of notPosted) {
    const kind = reason.replace(/\d+ (s|min|h|days?)(?= old| since)/, '…');
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]);
}
