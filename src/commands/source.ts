/** `loa source`: how each source stands, and what a person decides of what is held of it. */
import { type Command, type CommandContext, configOption, jsonOption, UsageError } from '#src/commands/command.ts';
import { decide } from '#src/commands/decide.ts';
import { readLedger } from '#src/commands/read-ledger.ts';
import { table } from '#src/commands/table.ts';
import type { SourceDecision } from '#src/core/decisions.ts';
import { formatDateTime } from '#src/core/time.ts';
import { type SourceView, viewSources } from '#src/server/ledger-sources.ts';

export const source: Command = {
  name: 'source',
  usage: ['source list [--json]', 'source fold|seen|drip ID [--json]', 'source newest ID N [--json]'],
  summary: 'shows how each source stands; decides what is held: renamed stories, many new ones at once',
  options: { config: configOption, json: jsonOption },
  async run(context) {
    const [action, id, count, ...rest] = context.args;
    if (action === 'list' && !id) await list(context);
    else if (action === 'newest' && id && isCount(count) && rest.length === 0) {
      await change(context, 'newest', id, Number(count));
    } else if ((action === 'fold' || action === 'seen' || action === 'drip') && id && count === undefined) {
      await change(context, action, id);
    } else {
      throw new UsageError('source needs "list", "fold ID", "seen ID", "newest ID N" or "drip ID".', {
        next: 'loa help source',
      });
    }
    return 0;
  },
};

const isCount = (text: string | undefined): text is string => /^[1-9]\d{0,3}$/.test(text ?? '');

async function list(context: CommandContext): Promise<void> {
  const { document, timezone } = await readLedger(context, {
    path: '/sources',
    read: (ledger, settings) => viewSources(ledger, settings),
  });
  if (context.values['json']) return context.out(JSON.stringify(document, null, 2));
  if (document.sources.length === 0) return context.out('No sources are configured.');
  const time = (at: string | null) => (at === null ? 'never' : formatDateTime(Date.parse(at), timezone));
  const rows = document.sources.map((one) => [
    one.id,
    one.kind,
    time(one.lastPollAt),
    time(one.nextPollAt),
    one.articles,
    one.failures,
    heldOf(one),
    one.error ?? one.place ?? '',
  ]);
  const names = ['source', 'kind', 'last poll', 'next poll', 'articles', 'failures', 'held', 'where, or what is wrong'];
  context.out(table([names, ...rows]));
}

function heldOf({ held: { shift, burst } }: SourceView): string {
  const parts = [...(shift > 0 ? [`${shift} under new ids`] : []), ...(burst > 0 ? [`${burst} at once`] : [])];
  return parts.join(', ');
}

async function change(
  context: CommandContext,
  action: 'fold' | 'seen' | 'newest' | 'drip',
  id: string,
  count = 0,
): Promise<void> {
  const { document } = await decide(context, {
    path: `/sources/${encodeURIComponent(id)}/${action}`,
    ...(action === 'newest' && { body: { count } }),
    decide: async ({ source: held }) => ({
      source: action === 'newest' ? await held.newest(id, count) : await held[action](id),
    }),
  });
  if (context.values['json']) return context.out(JSON.stringify(document, null, 2));
  context.out(`${id}: ${told(action, document.source)}`);
}

function told(action: string, { renamed, fresh, posts, skipped }: SourceDecision): string {
  if (action === 'fold') return `${counted(renamed, 'story', 'stories')} joined under new ids, ${fresh} really new`;
  const parts = [
    ...(posts > 0 ? [`the posts of ${counted(posts, 'article', 'articles')} go out at the pace of each channel`] : []),
    ...(skipped > 0 ? [`${counted(skipped, 'article is', 'articles are')} marked as seen and not posted`] : []),
  ];
  return parts.join('; ');
}

const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;
