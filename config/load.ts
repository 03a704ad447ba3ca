/** The settings file, read, checked and complete. */
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';

import { checkTogether, checkUniqueIds } from '#config/checks.ts';
import { maxSettingsBytes, parseSettingsText, plainValues, tooLarge } from '#config/document.ts';
import { parseBy } from '#config/explain.ts';
import { fillPlaceholders } from '#config/fill.ts';
import { type Kinds, parseChannels, parseSources } from '#config/kinds.ts';
import { Findings, type Mistake } from '#config/mistakes.ts';
import { type SettingsFile, settingsFile } from '#config/schema.ts';
import { UserError } from '#src/core/errors.ts';
import type { Settings } from '#src/core/settings.ts';

export interface LoadOptions {
  /** Path of the settings file. */
  file: string;
  /** Its text, where it is not to be read from disk. */
  text?: string;
  env: Readonly<Record<string, string | undefined>>;
  /** The kinds of sources and channels there are, with their own schemas. */
  kinds: Kinds;
  /** Names in `config/profiles/`. */
  profiles: readonly string[];
  /** What is wrong in the profile file at a path; without it such files are not opened. */
  profileMistakes?: (path: string) => readonly Mistake[];
  /** Where `data` begins. Default: the working directory. */
  cwd?: string;
}

export interface Loaded {
  settings: Settings;
  warnings: readonly Mistake[];
}

/** Gives frozen settings. Throws `SettingsError` with all mistakes, or `UserError` when there is no such file. */
export function load(options: LoadOptions): Loaded {
  const cwd = options.cwd ?? process.cwd();
  const path = resolve(cwd, options.file);
  const shown = shownPath(path, cwd);
  const folder = dirname(path);
  const document = parseSettingsText(options.text ?? readSettings(path, shown), shown);
  const findings = new Findings(document.locate);
  fillPlaceholders(document, { env: options.env, folder, findings });
  const values = plainValues(document, shown);
  const file = parseBy(settingsFile, values, { path: [], findings });
  // Kinds' own settings are looked at even when the frame is wrong: all mistakes at once.
  const sources = parseSources(values['sources'], options.kinds.sources, { folder, findings });
  const channels = parseChannels(values['channels'], file, options.kinds.channels, findings);
  const settings = file && { ...frame(file, cwd), sources, channels };
  checkUniqueIds(values, findings);
  if (settings) checkTogether(settings, { ...options, findings, written: values });
  const warnings = findings.finish();
  return { settings: freeze(settings!), warnings };
}

function readSettings(path: string, shown: string): Buffer {
  let handle: number | undefined;
  try {
    handle = openSync(path, 'r');
    const size = fstatSync(handle).size;
    // Its size is the message; the bytes themselves are not needed.
    if (size > maxSettingsBytes) throw tooLarge(size, shown);
    return readFileSync(handle);
  } catch (error) {
    if (error instanceof UserError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') {
      throw new UserError(`There is no settings file ${shown}.`, {
        next: 'Let Loa write one: loa init https://your-site.example --write config/loa.yaml. Or name another with --config.',
      });
    }
    const why = code === 'EISDIR' ? 'it is a folder' : code === 'EACCES' ? 'permission denied' : String(code);
    throw new UserError(`The settings file ${shown} cannot be read: ${why}.`, { cause: error });
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

function frame(file: SettingsFile, cwd: string): Omit<Settings, 'sources' | 'channels'> {
  const port = file.listen.port;
  return {
    site: file.site,
    publicUrl: file.publicUrl ?? `http://localhost:${port}`,
    listen: file.listen,
    data: resolve(cwd, file.data),
    database: file.database,
    queue: file.queue,
    files: file.files,
    feeds: file.feeds.map((feed) => ({
      ...feed,
      title: feed.title ?? file.site.name,
      language: feed.language ?? null,
      only: (feed.only as Settings['feeds'][number]['only']) ?? null,
    })),
    photos: file.photos,
    summarizer: file.summarizer,
    alerts: { channel: file.alerts.channel ?? null },
    network: file.network,
    guards: file.guards,
    keep: file.keep,
  };
}

function shownPath(path: string, cwd: string): string {
  const near = relative(cwd, path);
  return near.startsWith('..') ? path : near;
}

function freeze<T>(value: T): T {
  if (value === null || typeof value !== 'object' || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) freeze(inner);
  return Object.freeze(value);
}
