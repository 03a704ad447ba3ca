/** `loa init`: from a site's address alone to settings that work. */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { load } from '#config/load.ts';
import { writeSettings } from '#config/write-settings.ts';
import { createArticleReader } from '#src/articles/article-reader.ts';
import { type Command, type CommandContext, jsonOption, UsageError } from '#src/commands/command.ts';
import { ownAddresses, typedAddresses } from '#src/commands/init/address.ts';
import { type Look, lookAtSite } from '#src/commands/init/look.ts';
import { nothingFound } from '#src/commands/init/nothing-found.ts';
import { planSettings } from '#src/commands/init/plan.ts';
import { articlesText, summaryLine, waysText } from '#src/commands/init/report.ts';
import { quietLog } from '#src/commands/read-ledger.ts';
import type { Reader } from '#src/commands/reader.ts';
import { known } from '#src/commands/settings.ts';
import { articleJson } from '#src/commands/try.ts';
import { UserError } from '#src/core/errors.ts';
import { createHttp } from '#src/net/http-client.ts';
import { systemClock } from '#src/ops/clock.ts';

const most = 10;

export const init: Command = {
  name: 'init',
  usage: ['init URL [--write FILE] [--json]'],
  summary: 'finds how a site can be watched, shows its last articles, and writes settings',
  options: {
    write: {
      type: 'string',
      value: 'FILE',
      help: 'Write the settings there, such as config/loa.yaml; it must not exist.',
    },
    json: jsonOption,
  },
  async run(context) {
    const [typed, ...rest] = context.args;
    if (!typed || rest.length > 0) {
      throw new UsageError('init needs one address of a site.', { next: 'loa init https://bao.example' });
    }
    const { write } = context.values;
    const file = typeof write === 'string' ? write : null;
    if (file !== null) refuseExisting(file, context);
    const addresses = typedAddresses(typed);
    const allow = await ownAddresses(addresses[0]!);
    const look = await withReader(context, allow, (reader) => lookAtSite(addresses, reader, tellProgress(context)));
    const used = look.trials.at(-1);
    if (!used || used.failure !== null) throw nothingFound(look);
    const date = new Date(systemClock.now()).toISOString().slice(0, 10);
    const plan = planSettings(look.site, used.way, { id: look.id, articles: used.articles, allow, date });
    const settings = writeSettings(plan);
    // What is written here must be what `check` accepts.
    load({ ...known, file: file ?? 'config/loa.yaml', text: settings, env: {}, cwd: context.cwd });
    if (file !== null) await save(file, settings, context);
    for (const { id, failure } of used.unread) context.err(`${id} could not be read: ${failure}`);
    if (context.values['json']) context.out(JSON.stringify(asJson(look, settings), null, 2));
    else context.out(asText(look, settings, file, typed));
    return 0;
  },
};

async function withReader<T>(
  context: CommandContext,
  allow: readonly string[],
  work: (reader: Reader) => Promise<T>,
): Promise<T> {
  const http = createHttp({ allow, userAgent: 'Loa/0.1', clock: systemClock });
  const { signal } = new AbortController();
  const log = quietLog(context);
  const pages = createArticleReader({ log, clock: systemClock });
  try {
    return await work({
      site: null,
      sources: [],
      profile: null,
      most,
      cwd: context.cwd,
      http,
      pages,
      log,
      clock: systemClock,
      signal,
    });
  } finally {
    await Promise.all([http.close(), pages.close()]);
  }
}

function tellProgress({ err }: CommandContext): (line: string) => void {
  return (line) => err(line);
}

function refuseExisting(file: string, { cwd }: CommandContext): void {
  if (!existsSync(resolve(cwd, file))) return;
  throw new UserError(`${file} is there already and was left as it is.`, {
    next: 'Name another file, or move that one away first.',
  });
}

async function save(file: string, settings: string, context: CommandContext): Promise<void> {
  const path = resolve(context.cwd, file);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, settings, { flag: 'wx' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') refuseExisting(file, context);
    throw new UserError(`${file} cannot be written: ${code}.`, { next: 'Name another file.', cause: error });
  }
}

function asText(look: Look, settings: string, file: string | null, typed: string): string {
  const used = look.trials.at(-1)!;
  const config = file === null || file === 'config/loa.yaml' ? '' : ` --config ${file}`;
  const next = [`loa check${config}`, `loa start${config}`].join(', then: ');
  return [
    waysText(look.site, look.ways, look.trials),
    articlesText(used.articles),
    summaryLine(used),
    file === null
      ? `The settings would be:\n\n${settings}\nTo write them: loa init ${typed} --write config/loa.yaml`
      : `The settings are in ${file}. Next: ${next}`,
  ].join('\n\n');
}

function asJson({ ways, trials, id }: Look, settings: string) {
  const used = trials.at(-1)!;
  const reasonOf = (way: Look['ways'][number]) => trials.find((trial) => trial.way === way)?.failure ?? null;
  return {
    found: ways.map((way) => ({ ...way, used: way === used.way, failure: reasonOf(way) })),
    used: { id, kind: used.way.kind, settings: used.way.settings, found: used.way.found },
    articles: used.articles.map(articleJson),
    settings,
  };
}
