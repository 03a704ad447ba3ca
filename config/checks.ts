/** What only shows when the settings are seen together. */
import { existsSync, statSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { clearHost } from '#config/database-setting.ts';
import { isOnRanges } from '#config/fields.ts';
import type { Findings, KeyPath, Mistake } from '#config/mistakes.ts';
import { nearest } from '#src/core/nearest.ts';
import type { Only, Settings } from '#src/core/settings.ts';

export interface CheckOptions {
  findings: Findings;
  profiles: readonly string[];
  profileMistakes?: (path: string) => readonly Mistake[];
  /** The values as written, to tell a default from a choice. */
  written: Readonly<Record<string, unknown>>;
}

/** Looked for in the values as written: other mistakes must not hide it. */
export function checkUniqueIds(written: Readonly<Record<string, unknown>>, findings: Findings): void {
  for (const name of ['sources', 'feeds', 'channels']) {
    const list: unknown = written[name];
    const ids = Array.isArray(list) ? list.map((entry) => (entry as { id?: unknown } | null)?.id) : [];
    ids.forEach((id, index) => {
      if (typeof id !== 'string' || ids.indexOf(id) === index) return;
      findings.mistake(
        [name, index, 'id'],
        `\`${id}\` is the id of an earlier entry of \`${name}\` too`,
        'Give it another id',
      );
    });
  }
}

export function checkTogether(settings: Settings, options: CheckOptions): void {
  const { findings } = options;
  checkFiles(settings, findings);
  checkReferences(settings, findings);
  const profiles = settings.sources.map(({ profile }) => profile);
  settings.sources.forEach((source, index) => {
    // Its own mistakes are told once, whoever uses it.
    const isFirst = profiles.indexOf(source.profile) === index;
    checkProfile(
      source.profile,
      ['sources', index, 'profile'],
      isFirst ? options : { ...options, profileMistakes: () => [] },
    );
    warnPlainHttp(source, index, settings, findings);
  });
  settings.channels.forEach((channel, index) => {
    refusePlainHttp(channel.settings, ['channels', index, 'settings'], settings, findings);
    if (channel.pace.maxAge > channel.pace.maxAgeTotal) {
      findings.warning(['channels', index, 'pace'], '`maxAge` is longer than `maxAgeTotal`, which ends it first');
    }
  });
  if (settings.summarizer) refusePlainHttp(settings.summarizer, ['summarizer'], settings, findings);
  warnClearDatabase(settings, findings);
  warnClearQueue(settings, findings);
  warnClearConsole(settings, findings);
  warnOmissions(settings, options);
}

function checkFiles(settings: Settings, findings: Findings): void {
  if (settings.files === 'disk') return;
  findings.mistake(
    ['files'],
    '`files` other than `disk` is not available in this version',
    'Write `files: disk` or leave it out',
  );
}

function checkReferences(settings: Settings, findings: Findings): void {
  const sourceIds = settings.sources.map((source) => source.id);
  const channelIds = settings.channels.map((channel) => channel.id);
  const checkOnly = (only: (Omit<Only, 'not'> & { not?: unknown }) | null | undefined, path: KeyPath) => {
    only?.source?.forEach((id) => {
      if (!sourceIds.includes(id)) findings.mistake([...path, 'source'], ...unknownId('source', id, sourceIds));
    });
  };
  for (const list of ['feeds', 'channels'] as const) {
    settings[list].forEach(({ only }, index) => {
      checkOnly(only, [list, index, 'only']);
      checkOnly(only?.not, [list, index, 'only', 'not']);
    });
  }
  const alerts = settings.alerts.channel;
  if (alerts !== null && !channelIds.includes(alerts)) {
    findings.mistake(['alerts', 'channel'], ...unknownId('channel', alerts, channelIds));
  }
}

function unknownId(what: string, id: string, known: readonly string[]): [string, string | null] {
  const near = nearest(id, known);
  if (near) return [`there is no ${what} \`${id}\`: did you mean \`${near}\`?`, null];
  return [
    `there is no ${what} \`${id}\``,
    known.length > 0 ? `There are: ${known.join(', ')}` : `Add it under \`${what}s\``,
  ];
}

function checkProfile(profile: string, path: KeyPath, options: CheckOptions): void {
  if (profile === 'auto' || options.profiles.includes(profile)) return;
  if (isAbsolute(profile)) {
    if (existsSync(profile) && statSync(profile).isFile()) {
      options.findings.include(options.profileMistakes?.(profile) ?? []);
      return;
    }
    options.findings.mistake(
      path,
      `there is no profile file ${profile}`,
      'Paths begin at the folder of the settings file',
    );
    return;
  }
  options.findings.mistake(path, ...unknownId('profile', profile, options.profiles));
}

function warnPlainHttp(
  source: Settings['sources'][number],
  index: number,
  settings: Settings,
  findings: Findings,
): void {
  // A secret that only senders sign with never leaves this machine.
  if ((source.settings as { password?: unknown } | null)?.password !== undefined) {
    refusePlainHttp(source.settings, ['sources', index], settings, findings);
    return;
  }
  for (const { url, path } of plainHttp(source.settings, ['sources', index], settings)) {
    const message = `${url.host} is read over plain http: anybody on the way can change what is published`;
    findings.warning(path, message, 'Use https if the site has it');
  }
}

/** Tokens and unpublished posts must not cross a network in the clear. */
function refusePlainHttp(value: unknown, path: KeyPath, settings: Settings, findings: Findings): void {
  for (const found of plainHttp(value, path, settings)) {
    const fix = 'Use https, or put its address range on `network.allow`';
    findings.mistake(found.path, 'secrets are not sent over plain http', fix);
  }
}

function warnClearDatabase({ database, network }: Settings, findings: Findings): void {
  const host = clearHost(database);
  if (host === null || isOnRanges(host, ['127.0.0.0/8', '::1', ...network.allow])) return;
  const message = 'what Loa and PostgreSQL tell each other is sent in the clear';
  findings.warning(['database'], message, 'Add `?sslmode=verify-full`, or put its address range on `network.allow`');
}

/** A name says nothing of whose network it is on: many a Redis is a container's neighbour. */
function warnClearQueue({ queue, network }: Settings, findings: Findings): void {
  if (queue.kind === 'database' || queue.tls) return;
  const addresses = 'server' in queue ? [queue.server] : 'servers' in queue ? queue.servers : queue.sentinels;
  const hasPassword = queue.kind === 'sentinels' ? queue.password !== null : addresses.some((one) => one.password);
  const own = ['127.0.0.0/8', '::1', ...network.allow];
  if (!hasPassword || addresses.every(({ host, path }) => path !== null || isOnRanges(host, own))) return;
  const message = "Redis' password and the jobs are sent in the clear";
  findings.warning(['queue'], message, 'Use rediss://, or put its address range on `network.allow`');
}

/** Addresses below `value` that are plain http and not on the operator's own network. */
function plainHttp(value: unknown, path: KeyPath, settings: Settings): { url: URL; path: KeyPath }[] {
  if (typeof value === 'string') {
    const url = /^http:\/\/\S+$/i.test(value) ? URL.parse(value) : null;
    return url && !isOnRanges(url.hostname, settings.network.allow) ? [{ url, path }] : [];
  }
  if (value === null || typeof value !== 'object') return [];
  const steps: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return steps.flatMap(([step, inner]) => plainHttp(inner, [...path, step], settings));
}

/** Whoever reads the network could take over the session of whoever signs in. */
function warnClearConsole({ listen, publicUrl }: Settings, findings: Findings): void {
  if (isOnRanges(listen.host, ['127.0.0.0/8', '::1']) || publicUrl.startsWith('https:')) return;
  const message = `the console at ${listen.host} is reached by plain http: others on the network can read along and sign in as you`;
  findings.warning(['listen'], message, 'Put a web server with https in front and set `publicUrl` to its address');
}

function warnOmissions(settings: Settings, { findings, written }: CheckOptions): void {
  if (settings.sources.length === 0) {
    findings.warning(['sources'], 'there are no sources: no article will ever be found', 'Add one under `sources`');
  }
  const site = written['site'] as Record<string, unknown> | undefined;
  if (site?.['timezone'] === undefined) {
    findings.warning(['site'], '`site.timezone` is not set: dates without a zone are read as UTC');
  }
  if (settings.publicUrl.includes('//localhost') && settings.channels.length > 0) {
    findings.warning(['publicUrl'], 'feeds and photos are only reachable on this machine', 'Set `publicUrl`');
  }
}
