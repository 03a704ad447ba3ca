/** Profiles: what is peculiar to a portal or a language, read from `config/profiles/*.yaml` or a newsroom's own file. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { parseSettingsText, plainValues } from '#config/document.ts';
import { parseBy } from '#config/explain.ts';
import { Findings } from '#config/mistakes.ts';
import { UserError } from '#src/core/errors.ts';
import { nearest } from '#src/core/nearest.ts';
import type { Profile } from '#src/core/profile.ts';

const folder = join(import.meta.dirname, 'profiles');
const mostAncestors = 8;

const texts = z.array(z.string().min(1).max(500)).max(500).optional();

const schema = z.strictObject({
  extends: z.string().min(1).max(500).optional(),
  selectors: z
    .strictObject({
      headline: texts,
      lead: texts,
      body: texts,
      byline: texts,
      date: texts,
      section: texts,
      drop: texts,
    })
    .optional(),
  boilerplate: texts,
  byline: z
    .strictObject({
      prefixes: texts,
      photoPrefixes: texts,
      separators: texts,
      acronyms: texts,
      bareNames: z.boolean().optional(),
    })
    .optional(),
  dateline: z.strictObject({ times: texts, tags: texts }).optional(),
  credit: z.strictObject({ prefixes: texts }).optional(),
  captionLines: z.boolean().optional(),
  captionOpeners: texts,
});

type ProfileFile = z.infer<typeof schema>;

/**
 * The profile of this name, or in the file at this path; `auto` is the one for the site's language.
 * Throws `UserError` for an unknown name, `SettingsError` with every mistake in a file.
 */
export function loadProfile(nameOrPath: string, siteLanguage = ''): Profile {
  const name = nameOrPath === 'auto' ? profileFor(siteLanguage) : nameOrPath;
  const chain = readChain(fileOf(name, process.cwd()), []);
  const profile = chain.reduceRight(mergeInto, emptyProfile());
  return {
    ...profile,
    name: isPath(name) ? basename(name).replace(/\.ya?ml$/i, '') : name,
    extends: chain[0]?.extends ?? null,
  };
}

/** Names of the profiles that come along. */
export function profileNames(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();
}

const byLanguage: Readonly<Record<string, string>> = { vi: 'vietnamese-portal', en: 'english-news' };

function profileFor(language: string): string {
  const [primary = ''] = language.toLowerCase().split('-');
  return (Object.hasOwn(byLanguage, primary) && byLanguage[primary]) || 'generic';
}

function fileOf(name: string, from: string): string {
  if (isPath(name)) {
    const file = resolve(from, name);
    if (existsSync(file)) return file;
    throw new UserError(`There is no profile file ${file}`, {
      next: `Check the path, or use a name: ${profileNames().join(', ')}`,
    });
  }
  const names = profileNames();
  if (names.includes(name)) return join(folder, `${name}.yaml`);
  const near = nearest(name, names);
  throw new UserError(`There is no profile ${name}`, {
    next: near
      ? `Did you mean ${near}? Known: ${names.join(', ')}`
      : `Known: ${names.join(', ')}; or give the path of a file`,
  });
}

function isPath(name: string): boolean {
  return /[/\\]|\.ya?ml$/i.test(name);
}

/** The file and those it builds upon, the nearest first. */
function readChain(file: string, below: readonly string[]): ProfileFile[] {
  if (below.includes(file) || below.length >= mostAncestors) {
    throw new UserError(`The profile ${file} builds upon itself`, { next: 'Change one of the `extends` lines' });
  }
  const profile = readProfile(file);
  if (profile.extends === undefined) return [profile];
  return [profile, ...readChain(fileOf(profile.extends, dirname(file)), [...below, file])];
}

function readProfile(file: string): ProfileFile {
  const document = parseSettingsText(readFileSync(file), file);
  const findings = new Findings(document.locate);
  const profile = parseBy(schema, plainValues(document, file), { path: [], findings });
  findings.finish();
  return profile ?? {};
}

function emptyProfile(): Profile {
  return {
    name: '',
    extends: null,
    selectors: { headline: [], lead: [], body: [], byline: [], date: [], section: [], drop: [] },
    boilerplate: [],
    byline: { prefixes: [], photoPrefixes: [], separators: [], acronyms: [], bareNames: false },
    dateline: { times: [], tags: [] },
    credit: { prefixes: [] },
    captionLines: false,
    captionOpeners: [],
  };
}

/** Lists are joined, the nearer first, for the first selector that matches wins; single values are replaced. */
function mergeInto<T>(base: T, nearer: unknown): T {
  const values = nearer as Record<string, unknown> | undefined;
  const merged = Object.entries(base as Record<string, unknown>).map(([key, value]) => {
    const own = values?.[key];
    if (own === undefined) return [key, value];
    if (Array.isArray(value)) return [key, [...new Set([...(own as unknown[]), ...value])]];
    return [key, typeof value === 'object' && value !== null ? mergeInto(value, own) : own];
  });
  return Object.fromEntries(merged) as T;
}
