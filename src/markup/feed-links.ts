import { Parser } from 'htmlparser2';
import { absoluteUrl } from '#src/markup/html-text.ts';

/** Whether a text is a web page rather than a feed. */
export function isHtml(text: string): boolean {
  return /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<(?:!doctype\s+html|html|head|body|script)\b/i.test(text);
}

/** Addresses of the feeds a web page names in `link rel=alternate`. */
export function feedLinks(html: string, address: string): string[] {
  return addressesIn(html, address, (name, { rel = '', type = '' }) => {
    if (name !== 'link' || !/(?:^|\s)alternate(?:\s|$)/i.test(rel)) return false;
    return /^\s*(?:application\/(?:rss\+xml|atom\+xml|rdf\+xml|feed\+json|json)|text\/xml)/i.test(type);
  });
}

/** What a page links to that looks like a feed by its address alone, each once. */
export function linksLikeFeeds(html: string, address: string): string[] {
  return addressesIn(html, address, (name, { href = '' }) => name === 'a' && looksLikeFeed.test(href));
}

const looksLikeFeed =
  /\.(?:rss|atom|rdf)(?:$|[?#])|[/=.](?:rss|feeds?|atom)(?:[/.?#]|$)|(?:rss|feed|atom)\.(?:xml|json)/i;

function addressesIn(
  html: string,
  address: string,
  isWanted: (name: string, attributes: Record<string, string>) => boolean,
): string[] {
  const found = new Set<string>();
  let base = address;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === 'base') base = absoluteUrl(attributes['href'], address) ?? base;
      const url = isWanted(name, attributes) ? absoluteUrl(attributes['href'], base) : null;
      if (url?.startsWith('http')) found.add(url);
    },
  });
  parser.write(html);
  parser.end();
  return [...found];
}
