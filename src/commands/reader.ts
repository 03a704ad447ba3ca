/** What reading an article needs where no worker runs: site, profile, network. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { isProfilePath, loadProfile } from '#config/profiles.ts';
import { type ArticleReader, createArticleReader } from '#src/articles/article-reader.ts';
import type { ReadingSigns } from '#src/articles/draft.ts';
import { isEmpty } from '#src/articles/empty.ts';
import type { CommandContext } from '#src/commands/command.ts';
import { howRead } from '#src/commands/how-read.ts';
import { quietLog } from '#src/commands/read-ledger.ts';
import { isFileNamed, loadSettings, settingsFile } from '#src/commands/settings.ts';
import type { Article } from '#src/core/article.ts';
import { UserError } from '#src/core/errors.ts';
import type { RawArticle } from '#src/core/raw-article.ts';
import type { Settings, SiteSettings, SourceSettings } from '#src/core/settings.ts';
import type { Clock, Http, Log } from '#src/core/tools.ts';
import { selectorMistake } from '#src/markup/selector.ts';
import { createHttp } from '#src/net/http-client.ts';
import { systemClock } from '#src/ops/clock.ts';

export interface Reader {
  /** Null without a settings file. */
  site: SiteSettings | null;
  sources: readonly SourceSettings[];
  /** As named on the command line. */
  profile: string | null;
  /** Of the source that is read: `auto` may choose by it. */
  kind?: string;
  /** Most articles of one source. */
  most: number;
  /** Before each article of a source is read: which, and of how many. */
  onRead?: (number: number, of: number) => void;
  cwd: string;
  http: Http;
  /** Reads on threads, with the limits of time and memory that the worker has. */
  pages: ArticleReader;
  log: Log;
  clock: Clock;
  signal: AbortSignal;
}

/** Runs `work` with a reader whose connections are closed afterwards. */
export async function withReader<T>(
  context: CommandContext,
  most: number,
  work: (reader: Reader) => Promise<T>,
): Promise<T> {
  const settings = settingsIfAny(context);
  const profile = context.values['profile'];
  const http = createHttp({
    allow: settings?.network.allow ?? [],
    userAgent: `Loa/0.1${settings ? ` (+${settings.site.url})` : ''}`,
    clock: systemClock,
  });
  const log = quietLog(context);
  const pages = createArticleReader({ log, clock: systemClock });
  try {
    return await work({
      site: settings?.site ?? null,
      sources: settings?.sources ?? [],
      profile: typeof profile === 'string' ? (isProfilePath(profile) ? resolve(context.cwd, profile) : profile) : null,
      most,
      cwd: context.cwd,
      http,
      pages,
      log,
      clock: systemClock,
      signal: new AbortController().signal,
    });
  } finally {
    await Promise.all([http.close(), pages.close()]);
  }
}

function settingsIfAny(context: CommandContext): Settings | null {
  if (!isFileNamed(context) && !existsSync(resolve(context.cwd, settingsFile(context)))) return null;
  return loadSettings(context).settings;
}

/** The article, the zone its times were read in, and what found its body. `folder`: below it photos may be files. */
export async function understand(
  raw: Exclude<RawArticle, { kind: 'gone' }>,
  reader: Pick<Reader, 'site' | 'profile' | 'kind' | 'pages' | 'clock'>,
  folder: string | null,
): Promise<{ article: Article; timezone: string; how: string }> {
  const site = siteOf(reader);
  const name = reader.profile ?? 'auto';
  const options = { ...(reader.kind && { kind: reader.kind }), selectorMistake };
  const profile = loadProfile(name, site.language, options);
  const now = reader.clock.now();
  let signs: ReadingSigns = { body: 'given' };
  const article = await reader.pages.read(raw, { profile, site, now, folder }, (told) => {
    signs = told;
  });
  if (isEmpty(article)) {
    throw new UserError('Neither a headline nor text stands there.', { next: 'Look at it in a browser.' });
  }
  // Without settings the language is only known once the article is read: its own profile and zone may read it better.
  const own = newsroomIn(article.language);
  const fits = own.timezone === site.timezone && loadProfile(name, own.language, options).name === profile.name;
  if (reader.site || fits) return { article, timezone: site.timezone, how: howRead(raw, signs, profile) };
  return understand(raw, { ...reader, site: own }, folder);
}

/** Without settings, what the profile's name tells. */
export function siteOf({ site, profile }: Pick<Reader, 'site' | 'profile'>): SiteSettings {
  return site ?? newsroomIn(profile?.includes('vietnamese') ? 'vi' : 'en');
}

function newsroomIn(language: string): SiteSettings {
  const timezone = /^vi\b/i.test(language) ? 'Asia/Ho_Chi_Minh' : 'UTC';
  return { name: 'Newsroom', url: 'https://newsroom.invalid', language, timezone };
}
