import { decodeEntity } from '#src/markup/html-text.ts';

/**
 * What most often keeps a feed from being well-formed, mended: what stands before the first `<`, characters XML does not
 * know, bare `&`, named HTML entities, and an end that was cut off.
 */
export function mendXml(xml: string): string {
  const start = xml
    .slice(Math.max(xml.indexOf('<'), 0))
    .replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '');
  // What stands in CDATA is text already.
  const parts = start.split(/(<!\[CDATA\[[\s\S]*?\]\]>)/);
  const escaped = parts.map((part, index) => (index % 2 === 1 ? part : escapeAmpersands(part))).join('');
  return closeEnd(escaped);
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

/** Ends after the last whole entry when the document's own end is missing. */
function closeEnd(xml: string): string {
  const root = /<(rss|feed|rdf:RDF)[\s>]/.exec(xml)?.[1];
  if (!root || xml.includes(`</${root}>`)) return xml;
  const [entry, closing] =
    root === 'feed' ? ['</entry>', '</feed>'] : ['</item>', root === 'rss' ? '</channel></rss>' : '</rdf:RDF>'];
  const end = xml.lastIndexOf(entry);
  return end < 0 ? xml : xml.slice(0, end + entry.length) + closing;
}
