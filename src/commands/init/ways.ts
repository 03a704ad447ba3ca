/** Every way in which a site could be watched, and the first that works. */

import { type ReadArticle, readTarget, type Unread } from '#src/commands/read-target.ts';
import type { Reader } from '#src/commands/reader.ts';
import { messageOf, UserError } from '#src/core/errors.ts';
import type { SiteSettings, SourceSettings } from '#src/core/settings.ts';
import { sources } from '#src/sources/registry.ts';
import type { Discovery, SiteLook, SourceTools } from '#src/sources/source.ts';

export interface Way extends Discovery {
  kind: string;
}

export interface Trial {
  way: Way;
  articles: ReadArticle[];
  unread: Unread[];
  /** Why it is not used; null for the one that is. */
  failure: string | null;
}

const patience = 90_000;

/** Of all kinds, in the order of worth. A kind that fails has none. */
export async function findWays(site: SiteLook, tools: SourceTools, tell: (line: string) => void): Promise<Way[]> {
  const found: Way[] = [];
  for (const { kind, discover } of sources) {
    if (!discover) continue;
    tell(`looking for ${kind} …`);
    const signal = AbortSignal.any([tools.signal, AbortSignal.timeout(patience)]);
    try {
      for (const discovery of await discover(site, { ...tools, signal })) found.push({ kind, ...discovery });
    } catch (error) {
      tell(`${kind}: ${messageOf(error)}`);
    }
  }
  return found;
}

/** Kinds that could have been found. */
export function triedKinds(): string[] {
  return sources.flatMap(({ kind, discover }) => (discover ? kind : []));
}

/** One after another until the articles of one can be read; the last trial is the one, unless it has a failure. */
export async function tryWays(
  ways: readonly Way[],
  { id, site, reader }: { id: string; site: SiteSettings; reader: Reader },
  tell: (line: string) => void,
): Promise<Trial[]> {
  const trials: Trial[] = [];
  for (const way of ways) {
    const trial = await tryWay(way, { id, site, reader }, tell);
    trials.push(trial);
    if (trial.failure === null) break;
    tell(`${way.kind}: ${trial.failure}`);
  }
  return trials;
}

async function tryWay(
  way: Way,
  { id, site, reader }: { id: string; site: SiteSettings; reader: Reader },
  tell: (line: string) => void,
): Promise<Trial> {
  const none = { way, articles: [], unread: [] };
  if (way.needs !== null) return { ...none, failure: `it needs ${way.needs}` };
  const parsed = sources.find(({ kind }) => kind === way.kind)?.settings.safeParse(way.settings);
  if (!parsed?.success) return { ...none, failure: 'its settings could not be written' };
  const source: SourceSettings = { id, kind: way.kind, profile: 'auto', poll: 'auto', settings: parsed.data };
  const onRead = (number: number, of: number) => tell(`${way.kind}: reading article ${number} of ${of} …`);
  try {
    const found = await readTarget(id, { ...reader, site, sources: [source], onRead });
    const articles = found.filter((one): one is ReadArticle => 'article' in one).sort(byDate);
    const unread = found.filter((one): one is Unread => 'failure' in one);
    return { way, articles, unread, failure: whyNone(articles, unread) };
  } catch (error) {
    return {
      ...none,
      failure: [messageOf(error), error instanceof UserError ? error.next : null].filter(Boolean).join(' '),
    };
  }
}

function byDate(a: ReadArticle, b: ReadArticle): number {
  return Date.parse(b.article.publishedAt ?? '') - Date.parse(a.article.publishedAt ?? '') || 0;
}

function whyNone(articles: readonly ReadArticle[], unread: readonly Unread[]): string | null {
  if (articles.some(({ article }) => article.text !== '')) return null;
  if (articles.length > 0) return `none of its ${articles.length} newest articles holds a text`;
  const [first] = unread;
  if (!first) return 'it lists no articles now';
  return `none of its ${unread.length} newest articles could be read: ${first.failure}`;
}
