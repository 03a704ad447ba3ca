/** Where a page says it stands, and where it goes on. */
import { type JsonObject, textOfValue } from '#src/articles/json-ld.ts';
import { metaContents } from '#src/articles/meta-tags.ts';
import { normalizeUrl } from '#src/core/identity.ts';
import { baseOf, type HtmlDocument, selectAll } from '#src/markup/html.ts';
import { absoluteUrl } from '#src/markup/html-text.ts';

/** The address the page gives itself, where it stays on its own site. */
export function addressOf(document: HtmlDocument, data: JsonObject): string | null {
  const base = baseOf(document);
  const told = [
    document.querySelector('link[rel="canonical"]')?.getAttribute('href'),
    metaContents(document, ['og:url'])[0],
    textOfValue(data['mainEntityOfPage'], '@id'),
    textOfValue(data['url'], '@id'),
  ];
  for (const address of told) {
    const url = absoluteUrl(address, base);
    if (!url || normalizeUrl(url) === null || !/^https?:/.test(url)) continue;
    const host = (name: string) => new URL(name).hostname.replace(/^(?:www|m|amp)\./, '');
    // A canonical that points at the front page is a template's mistake.
    const isFrontPage = new URL(url).pathname === '/' && new URL(url).search === '';
    if (base === null || (host(url) === host(base) && !isFrontPage)) return url;
  }
  return null;
}

/** The next part of a story in several; links to other stories lead elsewhere. */
export function nextPageOf(document: HtmlDocument): string | null {
  const base = baseOf(document);
  const own = URL.parse(base ?? '');
  if (!own) return null;
  const links = selectAll(document, 'link[rel~="next"], a[rel~="next"], [class*="pag" i] a[href], .post-page-numbers');
  for (const link of links) {
    const url = URL.parse(absoluteUrl(link.getAttribute('href'), base) ?? '');
    if (url && url.host === own.host && isNextPart(own, url)) return url.href;
  }
  return null;
}

/** The same address with a page number behind it: `?page=2`, `/2`, `-p2.html`. */
function isNextPart(own: URL, next: URL): boolean {
  const number = (url: URL) =>
    Number(
      /[?&](?:page|p|pg|paged|trang|seite|pagina)=(\d{1,2})\b/i.exec(url.search)?.[1] ??
        /(?:\/(?:page\/|trang-|p)?|[-_](?:p|page|trang)?)(\d{1,2})(?:\.\w+)?\/?$/i.exec(url.pathname)?.[1] ??
        1,
    );
  const stem = (url: URL) =>
    url.pathname
      .replace(/(?:\/(?:page\/|trang-|p)?|[-_](?:p|page|trang)?)\d{1,2}(?=(?:\.\w+)?\/?$)/i, '')
      .replace(/\/$/, '');
  return (
    (stem(next) === stem(own) || stem(next) === own.pathname.replace(/\/$/, '')) && number(next) === number(own) + 1
  );
}
