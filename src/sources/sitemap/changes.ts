/** What in a sitemap file is a sign of a new or changed article. */
import { setImmediate } from 'node:timers/promises';
import { readDate } from '#src/core/date.ts';
import type { ArticleRef } from '#src/core/signal.ts';
import type { Sitemap } from '#src/markup/parse-sitemap.ts';
import type { SitemapEntry, SitemapNews } from '#src/markup/sitemap-walker.ts';
import { mark } from '#src/sources/marks.ts';
import { articleId } from '#src/sources/page-address.ts';
import type { FileState, Known } from '#src/sources/sitemap/cursor.ts';

export interface SitemapPayload {
  news: SitemapNews | null;
}

export interface FileChanges {
  /** Newest first. */
  refs: ArticleRef[];
  state: Pick<FileState, 'recent' | 'all' | 'young'>;
}

export interface FileContext {
  /** What all files listed before; null: nothing was ever read. */
  known: Known | null;
  /** This file as it was. */
  before: FileState | undefined;
  isOurs(url: string): boolean;
  zone: string;
  now: number;
}

interface Dated {
  id: string;
  url: string;
  entry: SitemapEntry;
  /** Milliseconds; of the day's end where only a day is given; null when it is not known. */
  at: number | null;
}

const recent = 48 * 3_600_000;
const day = 24 * 3_600_000;
const mostYoung = 100;
const mostRecent = 5000;
/** A newsroom does not change so many in two days: its software does. */
const mostTouched = 1000;
/** Of a site whose pages are not dated, so that something is there to be shown. */
const mostUndated = 20;
const mostDoubtful = 10;
const fewestBelow = 3;

export async function findChanges(sitemap: Sitemap, context: FileContext): Promise<FileChanges> {
  const pages = await identify(sitemap, context);
  if (sitemap.kind === 'news' || datesSaySomething(sitemap.entries, pages, context.now)) return byDate(pages, context);
  return byAddress(pages, context);
}

function byDate(pages: Dated[], { known, now }: FileContext): FileChanges {
  const newest = pages.toSorted((a, b) => (b.at ?? now) - (a.at ?? now));
  const lately = newest.filter(({ at }) => at === null || at > now - recent).slice(0, mostRecent);
  // A paper that has been quiet for days still has something to show when it is watched for the first time.
  const within = lately.length === 0 && known === null ? newest.slice(0, mostUndated) : lately;
  const stamped = within.map((page) => ({ page, stamp: mark(stampOf(page.entry)) }));
  return {
    refs: stamped
      .filter(({ page, stamp }) => isNews(page.id, stamp, known))
      .map(({ page, stamp }) => toRef(page, stamp)),
    state: {
      recent: stamped.map(({ page, stamp }) => mark(page.id) + stamp).join(''),
      all: '',
      young: within.slice(0, mostYoung).flatMap(({ url, at }) => (at === null ? [] : [{ url, at }])),
    },
  };
}

function isNews(id: string, stamp: string, known: Known | null): boolean {
  // Known from a time when the dates said nothing: what its stamp was then nobody knows.
  return !known?.has(id) || (known.stampOf(id) ?? stamp) !== stamp;
}

/** Only addresses that were never there. */
function byAddress(pages: Dated[], { known, before, now }: FileContext): FileChanges {
  const state = { recent: '', all: pages.map(({ id }) => mark(id)).join(''), young: [] };
  const asRef = (page: Dated) => toRef(page, 'listed');
  if (known === null) return { refs: likelyNewest(pages, now).map(asRef), state };
  const unknown = pages.filter(({ id }) => !known.has(id));
  // What is new cannot be told from what never was in the last two days, or stood in another file.
  const mayBeOld = !before || before.all === '';
  if (mayBeOld && unknown.length > mostDoubtful) return { refs: [], state };
  return { refs: unknown.map(asRef), state };
}

/** Those whose address holds a day of this week, else those that count highest, else the first. */
function likelyNewest(pages: readonly Dated[], now: number): Dated[] {
  const dated = pages.map((page) => ({ page, at: dayInAddress(page.url) }));
  const week = dated.filter(({ at }) => at !== null && at > now - 7 * day && at < now + day);
  if (week.length > 0)
    return week
      .sort((a, b) => b.at! - a.at!)
      .slice(0, mostUndated)
      .map(({ page }) => page);
  const counted = pages.map((page) => ({
    page,
    count: Number(/(\d{4,12})\D{0,8}$/.exec(new URL(page.url).pathname)?.[1] ?? 0),
  }));
  if (counted.some(({ count }) => count > 0)) counted.sort((a, b) => b.count - a.count);
  return counted.slice(0, mostUndated).map(({ page }) => page);
}

async function identify(sitemap: Sitemap, { isOurs, zone }: FileContext): Promise<Dated[]> {
  const found = new Map<string, Dated>();
  for (const [index, entry] of sitemap.entries.entries()) {
    // Others work meanwhile.
    if (index % 2000 === 1999) await setImmediate();
    const id = articleId(entry.loc);
    if (id === null || found.has(id) || !isOurs(entry.loc)) continue;
    const printed = entry.news?.publishedAt ?? entry.lastmod;
    found.set(id, { id, url: entry.loc, entry, at: printed === null ? null : timeOf(printed, zone) });
  }
  return withoutSections([...found.values()]);
}

const bare = (id: string): string => id.replace(/\/+$|\.html?$/, '');

/** What others stand below is a section, not an article. */
function withoutSections(pages: Dated[]): Dated[] {
  const below = new Map<string, number>();
  for (const { id } of pages) {
    const folder = bare(id).slice(0, bare(id).lastIndexOf('/'));
    below.set(folder, (below.get(folder) ?? 0) + 1);
  }
  return pages.filter(({ id }) => (below.get(bare(id)) ?? 0) < fewestBelow);
}

/** Not where each page has the same, or nearly all changed at once: then the file's own time stands there. */
function datesSaySomething(entries: readonly SitemapEntry[], pages: readonly Dated[], now: number): boolean {
  const given = new Set(entries.map(({ lastmod }) => lastmod));
  if (given.size === 1 && (given.has(null) || entries.length > 3)) return false;
  const touched = pages.filter(({ at }) => at !== null && at > now - recent).length;
  return touched <= mostTouched || touched < pages.length / 2;
}

function timeOf(printed: string, zone: string): number | null {
  const date = readDate(printed, zone);
  return date && Date.parse(date.at) + (date.hasTime ? 0 : day);
}

function stampOf({ lastmod, news }: SitemapEntry): string {
  return JSON.stringify([lastmod, news?.title]);
}

function toRef({ id, url, entry }: Dated, stamp: string): ArticleRef {
  const payload: SitemapPayload = { news: entry.news };
  return { externalId: id, url, title: entry.news?.title ?? null, stamp, sign: 'changed', payload };
}

function dayInAddress(url: string): number | null {
  const found = /\/(20\d\d)[/-]?(\d\d)[/-]?(\d\d)(?!\d)/.exec(url);
  return found ? Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3])) : null;
}
