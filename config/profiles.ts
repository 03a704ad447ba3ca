/** Profiles: what is peculiar to a portal or a language, read from `config/profiles` or a newsroom's own file. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseSettingsText, plainValues } from '#config/document.ts';
import { parseBy } from '#config/explain.ts';
import { Findings, type Mistake, SettingsError } from '#config/mistakes.ts';
import { languageSchema, type ProfileFile, profileSchema, type SelectorMistake } from '#config/profile-schema.ts';
import { UserError } from '#src/core/errors.ts';
import { emptyRules, joinRules } from '#src/core/fit-profile.ts';
import { nearest } from '#src/core/nearest.ts';
import type { Profile, SomeRules } from '#src/core/profile.ts';

const folder = join(import.meta.dirname, 'profiles');
const mostAncestors = 8;

const byLanguage: Readonly<Record<string, string>> = { vi: 'vietnamese-portal', en: 'english-news' };
/** By what a page's `<meta name="generator">` begins with. */
const byGenerator: Readonly<Record<string, string>> = { WordPress: 'wordpress' };

export interface LoadProfileOptions {
  /** Of the source: with `auto`, a profile of that name reads it. */
  kind?: string;
  /** What is wrong with a CSS selector; without it selectors are not looked at. */
  selectorMistake?: SelectorMistake;
}

/**
 * The profile of this name, or in the file at this path; `auto` is the one for the site's language. It holds the phrases
 * of that language too. Throws `UserError` for an unknown name, `SettingsError` with every mistake in a file.
 */
export function loadProfile(nameOrPath: string, siteLanguage = '', options: LoadProfileOptions = {}): Profile {
  const isAuto = nameOrPath === 'auto';
  const name = isAuto ? chooseProfile(siteLanguage, options.kind) : nameOrPath;
  const chain = readChain(fileOf(name, process.cwd()), [], options.selectorMistake);
  const files = chain.map(({ profile }) => profile);
  const languages = readLanguages();
  const own = [...new Set([...files.flatMap((file) => file.languages ?? []), primaryOf(siteLanguage)])];
  const phrases = own.flatMap((language) => languages.get(language) ?? []);
  // Their flags (`bareNames`) are weaker than what any profile says, their phrases come after its own.
  const rules = [...files.map(rulesOf), ...phrases].reduceRight(joinRules, emptyRules());
  return {
    ...rules,
    name: isProfilePath(name) ? basename(name).replace(/\.ya?ml$/i, '') : name,
    extends: files[0]?.extends ?? null,
    languages: Object.fromEntries([...languages].filter(([language]) => !own.includes(language))),
    generators: isAuto ? readGenerators(name) : {},
    expectsBody: chain.some(({ file, profile }) => dirname(file) !== folder && profile.selectors?.body !== undefined),
  };
}

/** Every mistake in a profile and those it builds upon; none in one that is right. */
export function profileMistakes(path: string, selectorMistake: SelectorMistake): readonly Mistake[] {
  try {
    loadProfile(path, '', { selectorMistake });
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.mistakes;
    if (!(error instanceof UserError)) throw error;
    return [{ file: path, line: 1, column: 1, key: 'extends', message: error.message, fix: error.next }];
  }
}

/** Names of the profiles that come along. */
export function profileNames(): string[] {
  return namesIn(folder);
}

/** Languages, in primary subtags, whose phrases come along. */
export function phraseLanguages(): string[] {
  return namesIn(join(folder, 'languages'));
}

function namesIn(of: string): string[] {
  return readdirSync(of)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();
}

function chooseProfile(language: string, kind: string | undefined): string {
  if (kind !== undefined && profileNames().includes(kind)) return kind;
  const primary = primaryOf(language);
  return (Object.hasOwn(byLanguage, primary) && byLanguage[primary]) || 'generic';
}

function primaryOf(language: string): string {
  return language.toLowerCase().split('-')[0] ?? '';
}

function fileOf(name: string, from: string): string {
  if (isProfilePath(name)) {
    const file = resolve(from, name);
    if (statSync(file, { throwIfNoEntry: false })?.isFile()) return file;
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

/** Whether a profile is named by the path of its file. */
export function isProfilePath(name: string): boolean {
  return /[/\\]|\.ya?ml$/i.test(name);
}

interface Ancestor {
  file: string;
  profile: ProfileFile;
}

/** The file and those it builds upon, the nearest first. */
function readChain(file: string, below: readonly string[], selectorMistake?: SelectorMistake): Ancestor[] {
  if (below.includes(file) || below.length >= mostAncestors) {
    throw new UserError(`The profile ${file} builds upon itself`, { next: 'Change one of the `extends` lines' });
  }
  const profile = readProfile(file, selectorMistake);
  if (profile.extends === undefined) return [{ file, profile }];
  const base = fileOf(profile.extends, dirname(file));
  return [{ file, profile }, ...readChain(base, [...below, file], selectorMistake)];
}

const readBefore = new Map<
  string,
  { bytes: Buffer; selectorMistake: SelectorMistake | undefined; profile: ProfileFile }
>();

/** Some are read for every article of `loa init`, and parsing them took longer than reading the article. */
function readProfile(file: string, selectorMistake?: SelectorMistake): ProfileFile {
  const bytes = readFileSync(file);
  const key = selectorMistake ? file : `${file} as it is`;
  const before = readBefore.get(key);
  if (before?.bytes.equals(bytes) && before.selectorMistake === selectorMistake) return before.profile;
  const profile = parseFile(file, bytes, profileSchema(phraseLanguages(), selectorMistake));
  readBefore.set(key, { bytes, selectorMistake, profile });
  return profile;
}

function parseFile<T>(file: string, bytes: Buffer, schema: Parameters<typeof parseBy<T>>[0]): T {
  const document = parseSettingsText(bytes, file, 'It needs at least `extends: generic`');
  const findings = new Findings(document.locate);
  const values = parseBy(schema, plainValues(document, file), { path: [], findings });
  findings.finish();
  return values ?? ({} as T);
}

function rulesOf({ extends: _, languages: __, ...rules }: ProfileFile): SomeRules {
  return rules as SomeRules;
}

let knownLanguages: ReadonlyMap<string, SomeRules> | null = null;

function readLanguages(): ReadonlyMap<string, SomeRules> {
  knownLanguages ??= new Map(
    phraseLanguages().map((language) => {
      const file = join(folder, 'languages', `${language}.yaml`);
      return [language, parseFile(file, readFileSync(file), languageSchema) as SomeRules];
    }),
  );
  return knownLanguages;
}

/** What a publishing system's profile adds to the chosen one. */
function readGenerators(chosen: string): Profile['generators'] {
  const others = Object.entries(byGenerator).filter(([, name]) => name !== chosen);
  return Object.fromEntries(
    others.map(([generator, name]) => {
      const [own] = readChain(fileOf(name, folder), []);
      return [generator, own ? rulesOf(own.profile) : {}];
    }),
  );
}
