import { absoluteUrl, parsePage, selectAll } from '#src/markup/html.ts';

/** Whether a text is a web page rather than a feed. */
export function isHtml(text: string): boolean {
  return /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<(?:!doctype\s+html|html|head|body|script)\b/i.test(text);
}

/** Addresses of the feeds a web page names in `link rel=alternate`. */
export function feedLinks(html: string, address: string): string[] {
  return selectAll(parsePage(html, address), 'link[rel~="alternate"][href]')
    .filter((link) => /^application\/(?:rss\+xml|atom\+xml|feed\+json|json)/i.test(link.getAttribute('type') ?? ''))
    .flatMap((link) => absoluteUrl(link.getAttribute('href'), address) ?? []);
}
