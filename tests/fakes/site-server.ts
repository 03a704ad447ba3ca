/** A whole small news site on loopback, over real HTTP: front page, sections, articles, robots.txt, sitemaps, photos. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { type Served, serve } from '#src/net/serve.ts';
import { frontPage } from '#tests/fakes/site-front.ts';
import { articlePage, type SiteLanguage, type SiteStory, siteWords } from '#tests/fakes/site-pages.ts';

export type SitemapForm = 'news' | 'plain' | 'index' | 'gzip' | 'none';

export interface SiteOptions {
  language?: SiteLanguage;
  stories?: SiteStory[];
  sitemap?: SitemapForm;
  /** Whether robots.txt names the sitemap. */
  namesSitemap?: boolean;
  /** Further lines of robots.txt. */
  robots?: string;
}

export interface FakeSite extends Served {
  /** The newest first. */
  stories: SiteStory[];
  language: SiteLanguage;
  sitemap: SitemapForm;
  namesSitemap: boolean;
  robots: string;
  /** Paths that answer something else. */
  routes: Map<string, (request: IncomingMessage, response: ServerResponse) => void>;
  /** What was asked, in order. */
  requests: { path: string; status: number; headers: IncomingMessage['headers'] }[];
  asked(path: string): number;
}

export async function startSite(options: SiteOptions = {}): Promise<FakeSite> {
  const site = {
    stories: options.stories ?? [],
    language: options.language ?? ('vi' as const),
    sitemap: options.sitemap ?? ('none' as const),
    namesSitemap: options.namesSitemap ?? true,
    robots: options.robots ?? '',
    routes: new Map<string, (request: IncomingMessage, response: ServerResponse) => void>(),
    requests: [] as FakeSite['requests'],
    asked: (path: string) => site.requests.filter((request) => request.path === path).length,
  };
  const served = await serve((request, response) => {
    const path = request.url ?? '/';
    response.once('finish', () => site.requests.push({ path, status: response.statusCode, headers: request.headers }));
    const route = site.routes.get(path);
    if (route) return route(request, response);
    const page = pageAt(path, `http://${request.headers.host}`, site);
    if (!page) return void response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>404</h1>');
    const etag = `"${createHash('sha256').update(page.body).digest('hex').slice(0, 12)}"`;
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end();
    response.writeHead(200, { 'content-type': page.type, etag }).end(page.body);
  });
  return Object.assign(site, served);
}

type State = Pick<FakeSite, 'stories' | 'language' | 'sitemap' | 'namesSitemap' | 'robots'>;

function pageAt(path: string, origin: string, site: State): { type: string; body: string | Buffer } | null {
  const html = 'text/html; charset=utf-8';
  const xml = 'application/xml';
  const { stories, language, sitemap } = site;
  if (path === '/') return { type: html, body: frontPage(stories, language) };
  const section = Object.keys(siteWords[language].sections).find((name) => path === `/${name}`);
  if (section)
    return {
      type: html,
      body: frontPage(
        stories.filter((story) => story.section === section),
        language,
        section,
      ),
    };
  const story = stories.find((each) => each.path === path);
  if (story) return { type: html, body: articlePage(story, origin, language) };
  if (path === '/robots.txt') {
    const named = sitemap === 'none' || !site.namesSitemap ? [] : [`Sitemap: ${origin}${placeOf(sitemap)}`];
    return { type: 'text/plain', body: [...named, 'User-agent: *', site.robots].join('\n') };
  }
  if (sitemap === 'none') return null;
  if (path === '/sitemap-news.xml' && sitemap === 'news')
    return { type: xml, body: newsSitemap(stories, origin, language) };
  if (path === '/sitemap.xml' && sitemap === 'plain')
    return { type: xml, body: plainSitemap(stories, origin, language) };
  if (path === '/sitemap.xml.gz' && sitemap === 'gzip') {
    return { type: 'application/gzip', body: gzipSync(plainSitemap(stories, origin, language)) };
  }
  if (sitemap !== 'index') return null;
  if (path === '/sitemap_index.xml')
    return { type: xml, body: indexOf(['/article-sitemap.xml', '/tag-sitemap.xml'], stories, origin) };
  if (path === '/article-sitemap.xml') return { type: xml, body: plainSitemap(stories, origin, language) };
  return null;
}

function placeOf(form: SitemapForm): string {
  return {
    news: '/sitemap-news.xml',
    plain: '/sitemap.xml',
    gzip: '/sitemap.xml.gz',
    index: '/sitemap_index.xml',
    none: '',
  }[form];
}

function newsSitemap(stories: readonly SiteStory[], origin: string, language: SiteLanguage): string {
  const urls = stories.map(
    (
      story,
    ) => `<url><loc>${origin}${story.path}</loc><news:news><news:publication><news:name>${siteWords[language].name}</news:name>
<news:language>${language}</news:language></news:publication><news:publication_date>${new Date(story.publishedAt).toISOString()}</news:publication_date>
<news:title>${story.headline}</news:title></news:news>${story.editedAt ? `<lastmod>${new Date(story.editedAt).toISOString()}</lastmod>` : ''}</url>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">${urls.join('\n')}</urlset>`;
}

/** With the front page and the sections, as plain sitemaps have them. */
function plainSitemap(stories: readonly SiteStory[], origin: string, language: SiteLanguage): string {
  const newest = Math.max(0, ...stories.map(({ publishedAt }) => publishedAt));
  const url = (path: string, at: number) =>
    `<url><loc>${origin}${path}</loc><lastmod>${new Date(at).toISOString()}</lastmod></url>`;
  const lists = ['/', ...Object.keys(siteWords[language].sections).map((name) => `/${name}`)];
  const urls = [
    ...lists.map((path) => url(path, newest)),
    ...stories.map((story) => url(story.path, story.editedAt ?? story.publishedAt)),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls.join('\n')}</urlset>`;
}

function indexOf(paths: readonly string[], stories: readonly SiteStory[], origin: string): string {
  const newest = new Date(Math.max(0, ...stories.map((story) => story.editedAt ?? story.publishedAt)));
  const files = paths.map(
    (path, index) =>
      `<sitemap><loc>${origin}${path}</loc><lastmod>${new Date(newest.getTime() - index).toISOString()}</lastmod></sitemap>`,
  );
  return `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${files.join('')}</sitemapindex>`;
}
