/** `loa article`: what came in, and what became of it. */
import { type Command, type CommandContext, configOption, jsonOption, UsageError } from '#src/commands/command.ts';
import { decide } from '#src/commands/decide.ts';
import { positiveNumber } from '#src/commands/numbers.ts';
import { readLedger } from '#src/commands/read-ledger.ts';
import { table } from '#src/commands/table.ts';
import { UserError } from '#src/core/errors.ts';
import { formatDateTime } from '#src/core/time.ts';
import { systemClock } from '#src/ops/clock.ts';
import { type TraceView, viewTrace } from '#src/server/ledger-trace.ts';
import { articleView, viewArticles } from '#src/server/ledger-views.ts';

export const article: Command = {
  name: 'article',
  usage: [
    'article list [--limit N] [--json]',
    'article trace ID|URL|GUID [--json]',
    'article hold|release ID [--json]',
    'article withdraw ID [--reason TEXT] [--json]',
  ],
  summary: 'lists articles, tells what happened to one and why; holds, releases or withdraws it',
  options: {
    limit: { type: 'string', value: 'N', help: 'How many, newest first; 50 when left out.' },
    reason: { type: 'string', value: 'TEXT', help: 'Why it is withdrawn, for the ledger.' },
    config: configOption,
    json: jsonOption,
  },
  async run(context) {
    const [action, ...rest] = context.args;
    if (action === 'list' && rest.length === 0) await list(context);
    else if (action === 'trace' && rest.length === 1) await trace(context, rest[0]!);
    else if (isDecision(action) && rest.length === 1) await change(context, action, rest[0]!);
    else {
      throw new UsageError('article needs "list", or "trace", "hold", "release" or "withdraw" with an id.', {
        next: 'loa help article',
      });
    }
    return 0;
  },
};

async function list(context: CommandContext): Promise<void> {
  const limit = positiveNumber(context, 'limit', 50);
  const { document, timezone } = await readLedger(context, {
    path: `/articles?limit=${limit}`,
    read: (ledger) => viewArticles(ledger, { limit }),
  });
  if (context.values['json']) return context.out(JSON.stringify(document, null, 2));
  if (document.articles.length === 0) return context.out('No articles yet.');
  const rows = document.articles.map(({ id, publishedAt, state, revision, headline }) => {
    const mark = state === 'live' ? (revision > 1 ? `revision ${revision}` : '') : state;
    return [id, publishedAt ? formatDateTime(Date.parse(publishedAt), timezone) : '', mark, headline];
  });
  context.out(table([['id', 'published', '', 'headline'], ...rows]));
}

async function trace(context: CommandContext, id: string): Promise<void> {
  const { document, timezone } = await readLedger<TraceView | null>(context, {
    path: `/trace?${new URLSearchParams({ of: id })}`,
    read: (ledger, settings) => viewTrace(ledger, id, { settings, now: systemClock.now() }),
  });
  if (!document) throw new UserError(`There is no article ${id}.`, { next: 'Their ids: loa article list' });
  if (context.values['json']) return context.out(JSON.stringify(document, null, 2));
  const { article: found, reading, lines } = document;
  const title = found?.headline ?? reading?.title ?? reading?.externalId ?? id;
  const url = found?.url ?? reading?.url;
  context.out([title, ...(url ? [url] : []), ''].join('\n'));
  context.out(table(lines.map(({ at, text }) => [formatDateTime(Date.parse(at), timezone), text])));
}

function isDecision(action: string | undefined): action is 'hold' | 'release' | 'withdraw' {
  return action === 'hold' || action === 'release' || action === 'withdraw';
}

async function change(context: CommandContext, action: 'hold' | 'release' | 'withdraw', id: string): Promise<void> {
  const given = context.values['reason'];
  const reason = typeof given === 'string' && given.trim() ? given.trim() : 'withdrawn by a person';
  const { document } = await decide(context, {
    path: `/articles/${encodeURIComponent(id)}/${action}`,
    ...(action === 'withdraw' ? { body: { reason } } : {}),
    decide: async (decisions) => ({ article: articleView(await decisions[action](id, reason)) }),
  });
  if (context.values['json']) return context.out(JSON.stringify(document, null, 2));
  const { headline, state } = document.article;
  context.out(`${headline}: ${state}`);
}
