import type { Handler } from 'htmlparser2';
import { tidy } from '#src/core/text.ts';

/** `index` lists files, `pages` and `news` list articles. */
export type SitemapKind = 'index' | 'pages' | 'news';

export interface SitemapEntry {
  loc: string;
  /** As printed. */
  lastmod: string | null;
  news: SitemapNews | null;
}

export interface SitemapNews {
  title: string | null;
  publishedAt: string | null;
  language: string | null;
  keywords: string[];
}

export interface SitemapWalker {
  handler: Partial<Handler>;
  entries: SitemapEntry[];
  /** Null until an element says it. */
  kind(): SitemapKind | null;
  /** As many as were asked for, and there is more; or it is nested as no sitemap is. */
  isFull(): boolean;
}

const longestText = 2048;
const mostKeywords = 20;
/** What holds one address, by the document's root. */
const holders: Readonly<Record<string, string>> = {
  urlset: 'url',
  sitemapindex: 'sitemap',
  rss: 'item',
  feed: 'entry',
};
// Local names below the holder, and what they say there. `image:loc` and the like stand one level deeper.
const fields: Readonly<Record<string, string>> = {
  'url/loc': 'loc',
  'url/lastmod': 'lastmod',
  'url/news/title': 'title',
  'url/news/publication_date': 'publishedAt',
  'url/news/keywords': 'keywords',
  'url/news/publication/language': 'language',
  'sitemap/loc': 'loc',
  'sitemap/lastmod': 'lastmod',
  'item/link': 'loc',
  'item/title': 'title',
  'item/pubDate': 'publishedAt',
  'entry/title': 'title',
  'entry/published': 'publishedAt',
  'entry/updated': 'lastmod',
};

/** The parser's own work grows with the square of the depth. */
const deepest = 64;

/** Collects entries as elements pass by; their prefixes do not matter. `stop` is called when nothing more is wanted. */
export function createSitemapWalker(most: number, stop: () => void): SitemapWalker {
  const entries: SitemapEntry[] = [];
  const path: string[] = [];
  let root: string | null = null;
  let hasNews = false;
  let full = false;
  let depth = 0;
  let current: Map<string, string> | null = null;
  let field: string | null = null;

  return {
    entries,
    isFull: () => full,
    kind: () => (root === null ? null : root === 'sitemapindex' ? 'index' : hasNews ? 'news' : 'pages'),
    handler: {
      onopentag(name, attributes) {
        const local = localName(name);
        if (++depth > deepest) end();
        root ??= local in holders ? local : null;
        path.push(local);
        if (root && local === holders[root] && current === null) {
          current = new Map();
          path.length = 0;
          path.push(local);
        }
        field = current ? (fields[path.join('/')] ?? null) : null;
        if (current && local === 'link' && attributes['href'] && /^(?:alternate)?$/.test(attributes['rel'] ?? '')) {
          if (path.length === 2 && !current.has('loc')) current.set('loc', attributes['href']);
        }
      },
      ontext(text) {
        if (!current || field === null) return;
        const before = current.get(field) ?? '';
        if (before.length < longestText) current.set(field, before + text.slice(0, longestText));
      },
      onclosetag(name, isImplied) {
        const local = localName(name);
        depth--;
        field = null;
        if (current && path.length === 1 && local === path[0]) {
          // A file that was cut off ends in half an address.
          if (!isImplied) keep(current);
          current = null;
          path.length = 0;
        } else if (path.at(-1) === local) path.pop();
      },
    },
  };

  function end(): void {
    full = true;
    stop();
  }

  function keep(found: Map<string, string>): void {
    const loc = found.get('loc')?.trim() ?? '';
    if (loc === '' || loc.length > longestText) return;
    if (entries.length >= most) {
      end();
      return;
    }
    const news = newsOf(found);
    hasNews ||= news !== null;
    entries.push({ loc, lastmod: found.get('lastmod')?.trim() || null, news });
  }
}

function newsOf(found: Map<string, string>): SitemapNews | null {
  const title = tidy(found.get('title') ?? '') || null;
  const publishedAt = tidy(found.get('publishedAt') ?? '') || null;
  if (title === null && publishedAt === null) return null;
  const keywords = tidy(found.get('keywords') ?? '')
    .split(/\s*[,;]\s*/)
    .filter(Boolean);
  const language = tidy(found.get('language') ?? '') || null;
  return { title, publishedAt, language, keywords: keywords.slice(0, mostKeywords) };
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
