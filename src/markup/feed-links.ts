import { Parser } from 'htmlparser2';
import { absoluteUrl } from '#src/markup/html-text.ts';

/** Whether a text is a web page rather than a feed. */
export function isHtml(text: string): boolean {
  return /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<(?:!doctype\s+html|html|head|body|script)\b/i.test(text);
}

/** Addresses of the feeds a web page names in `link rel=alternate`. */
export function feedLinks(html: string, address: string): string[] {
  const found: string[] = [];
  const parser = new Parser({
    onopentag(name, { rel = '', type = '', href }) {
      if (name !== 'link' || !/(?:^|\s)alternate(?:\s|$)/i.test(rel)) return;
      if (!/^application\/(?:rss\+xml|atom\+xml|feed\+json|json)/i.test(type)) return;
      const url = absoluteUrl(href, address);
      if (url) found.push(url);
    },
  });
  parser.write(html);
  parser.end();
  return found;
}
