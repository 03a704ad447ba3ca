import { decodeText } from '#src/markup/charset.ts';
import { parsePage } from '#src/markup/html.ts';
import { deriveSelector } from '#src/markup/listing/derive-selector.ts';
import { likelyLinks } from '#src/markup/listing/likely-links.ts';
import { linksOf } from '#src/markup/listing/links.ts';
import { acceptPage, largestPage } from '#src/sources/article-page.ts';
import { takeTurn } from '#src/sources/manners.ts';
import { readListing } from '#src/sources/page/listing.ts';
import { articleId } from '#src/sources/page-address.ts';
import { siteTest } from '#src/sources/same-site.ts';
import type { Discovery, SiteLook, SourceTools } from '#src/sources/source.ts';

interface Seen {
  url: string;
  /** Articles told by likeness. */
  likely: number;
  selector: { selector: string; found: number; strays: number } | null;
}

const fewest = 3;
/** A front page with fewer lists only what its editors chose. */
const enough = 8;
const mostSections = 3;

const sectionName =
  /(?:^|[/._-])(?:tin-?tuc|tin-?moi|tin|bai-?viet|thoi-?su|su-?kien|news|latest|articles?|stories|blog|press|aktuell(?:es)?|nachrichten|actualites?|noticias|ニュース|お知らせ|ข่าว|新闻|뉴스|أخبار)(?:[/._-]|$)/iu;

/** The front page, or the section that lists more, with a selector a person could have written. */
export async function discoverPages(site: SiteLook, tools: SourceTools): Promise<Discovery[]> {
  if (!(await tools.robots.allows(site.url))) return [];
  const isOurs = await siteTest(site.url);
  const front = lookAt(site, isOurs);
  const seen = [front];
  if (front.likely < enough) {
    for (const url of sectionsOf(site, isOurs)) {
      const page = await fetchPage(url, site.url, tools);
      if (page) seen.push(lookAt(page, isOurs));
    }
  }
  const best = seen.toSorted((a, b) => b.likely - a.likely)[0]!;
  if (best.likely < fewest) return [];
  const place = best === front ? 'the front page' : best.url;
  const { selector } = best;
  if (!selector) {
    return [
      {
        settings: { url: best.url },
        found: `a list of ${best.likely} articles on ${place}`,
        guesses: { url: `which links lead to articles is told by likeness; ${best.likely} do` },
        needs: null,
      },
    ];
  }
  const others = selector.strays > 0 ? `, and ${selector.strays} others` : '';
  return [
    {
      settings: { url: best.url, links: selector.selector },
      found: `a list of ${selector.found + selector.strays} articles on ${place}`,
      guesses: { links: `it finds ${selector.found} of the ${best.likely} links that look like articles${others}` },
      needs: null,
    },
  ];
}

function lookAt({ url, html }: SiteLook, isOurs: (url: string) => boolean): Seen {
  const document = parsePage(html, url);
  const links = linksOf(document).filter((link) => isOurs(link.url) && articleId(link.url) !== null);
  const likely = likelyLinks(links, url, isOurs);
  const derived = likely.length >= fewest ? deriveSelector(document, likely) : null;
  // As the source itself will read it.
  const isSound = derived !== null && readListing(html, url, { links: derived.selector }, isOurs).length >= fewest;
  return { url, likely: likely.length, selector: isSound ? derived : null };
}

function sectionsOf(site: SiteLook, isOurs: (url: string) => boolean): string[] {
  const links = linksOf(parsePage(site.html, site.url)).filter(({ url }) => isOurs(url) && articleId(url) !== null);
  const named = links.filter(
    ({ url, text }) => sectionName.test(decode(new URL(url).pathname)) || sectionName.test(text),
  );
  return [...new Set(named.map(({ url }) => url))].filter((url) => url !== site.url).slice(0, mostSections);
}

async function fetchPage(url: string, named: string, tools: SourceTools): Promise<SiteLook | null> {
  if (!(await tools.robots.allows(url))) return null;
  await takeTurn(url, tools, { patient: true });
  const answer = await tools.http
    .request({
      url,
      headers: { accept: acceptPage },
      maxBytes: largestPage,
      operatorUrl: new URL(url).host === new URL(named).host,
      signal: tools.signal,
    })
    .catch((error) => {
      if (tools.signal.aborted) throw error;
      return null;
    });
  if (answer?.status !== 200) return null;
  return { url: answer.url, html: decodeText(answer.body, answer.headers['content-type'] ?? null) };
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
