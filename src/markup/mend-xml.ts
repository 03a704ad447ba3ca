import { decodeEntity } from '#src/markup/html-text.ts';

/**
 * What most often keeps a feed from being well-formed, mended: what stands before the document, characters XML does not
 * know, bare `&`, named HTML entities, and an end that was cut off.
 */
export function mendXml(xml: string): string {
  const start = fromItsBeginning(xml).replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '');
  // What stands in CDATA is text already.
  const parts = start.split(/(<!\[CDATA\[[\s\S]*?\]\]>)/);
  const escaped = parts.map((part, index) => (index % 2 === 1 ? part : escapeText(part))).join('');
  return closeEnd(escaped);
}

/** A program's complaints often stand before the feed, with tags of their own. */
function fromItsBeginning(xml: string): string {
  const at = xml.search(/<\?xml[\s?]|<(?:rss|feed|(?:\w+:)?RDF|channel)[\s>]/i);
  return xml.slice(Math.max(at < 0 ? xml.indexOf('<') : at, 0));
}

function escapeText(text: string): string {
  // `5 < 6`: no name begins with a space or a digit.
  return escapeAmpersands(text.replace(/<(?![a-z_:/!?])/gi, '&lt;'));
}

function escapeAmpersands(text: string): string {
  return text.replace(
    /&(?:(#\d{1,7}|#x[\da-f]{1,6}|amp|lt|gt|quot|apos);|([a-z][a-z\d]{1,30});)?/gi,
    (all, fine, name) => {
      if (fine) return all;
      const letter = name ? decodeEntity(all) : all;
      return letter === all
        ? all.replace('&', '&amp;')
        : letter.replace(/[<&]/g, (sign) => (sign === '<' ? '&lt;' : '&amp;'));
    },
  );
}

/** Whether the document's own end is missing: what its last entry says may be half of it. */
export function isCutOff(xml: string): boolean {
  const root = rootOf(xml);
  return root !== null && !new RegExp(`</${root}\\s*>`, 'i').test(xml.slice(-2000));
}

function rootOf(xml: string): string | null {
  return /<(rss|feed|(?:\w+:)?RDF)[\s>]/i.exec(xml)?.[1] ?? null;
}

/** Ends after the last whole entry when the document's own end is missing. */
function closeEnd(xml: string): string {
  if (!isCutOff(xml)) return xml;
  const root = rootOf(xml)!;
  const [entry, closing] =
    root.toLowerCase() === 'feed' ? ['</entry>', ''] : ['</item>', root.toLowerCase() === 'rss' ? '</channel>' : ''];
  const end = xml.lastIndexOf(entry);
  return end < 0 ? xml : `${xml.slice(0, end + entry.length)}${closing}</${root}>`;
}
