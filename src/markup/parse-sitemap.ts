/** Sitemaps (sitemaps.org, Google's news extension), plain lists of addresses, and feeds that serve as one. */
import { setImmediate } from 'node:timers/promises';
import { Parser } from 'htmlparser2';
import { tidy } from '#src/core/text.ts';
import { createSitemapWalker, type SitemapEntry, type SitemapKind } from '#src/markup/sitemap-walker.ts';

export interface Sitemap {
  kind: SitemapKind;
  /** In the file's order. */
  entries: SitemapEntry[];
  /** It holds more than was read. */
  truncated: boolean;
}

const chunk = 256 * 1024;
const longestAddress = 2048;

/** Stops at `most` entries, and lets others work between the pieces of a large file. Null: no sitemap at all. */
export async function parseSitemap(bytes: Uint8Array, most: number): Promise<Sitemap | null> {
  const head = textOfHead(bytes);
  if (/^\s*https?:\/\//i.test(head)) return readList(bytes, most);
  if (!/<(?:[\w-]+:)?(?:urlset|sitemapindex|rss|feed)[\s>]/i.test(head)) return null;
  const walker = createSitemapWalker(most, () => parser.pause());
  const parser: Parser = new Parser(walker.handler, { xmlMode: true });
  for await (const text of pieces(bytes)) {
    parser.write(text);
    if (walker.isFull()) break;
  }
  if (!walker.isFull()) parser.end();
  const kind = walker.kind();
  return kind && { kind, entries: walker.entries, truncated: walker.isFull() };
}

async function readList(bytes: Uint8Array, most: number): Promise<Sitemap> {
  const entries: SitemapEntry[] = [];
  let rest = '';
  for await (const text of pieces(bytes)) {
    const lines = (rest + text).split(/[\r\n]+/);
    rest = (lines.pop() ?? '').slice(0, longestAddress + 1);
    for (const line of lines) add(line);
    if (entries.length > most) break;
  }
  add(rest);
  return { kind: 'pages', entries: entries.slice(0, most), truncated: entries.length > most };

  function add(line: string): void {
    const loc = tidy(line);
    if (/^https?:\/\//i.test(loc) && loc.length <= longestAddress) entries.push({ loc, lastmod: null, news: null });
  }
}

async function* pieces(bytes: Uint8Array): AsyncGenerator<string> {
  const decoder = new TextDecoder(labelOf(bytes));
  for (let start = 0; start < bytes.length; start += chunk) {
    if (start > 0) await setImmediate();
    yield decoder.decode(bytes.subarray(start, start + chunk), { stream: true });
  }
  yield decoder.decode();
}

/** Sitemaps are UTF-8 by their rules; some say otherwise. */
function labelOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const label = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)/i.exec(textOfHead(bytes))?.[1] ?? 'utf-8';
  try {
    return /^utf-?16/i.test(label) ? 'utf-8' : new TextDecoder(label).encoding;
  } catch {
    return 'utf-8';
  }
}

/** Long comments and style sheets may stand before the first element. */
function textOfHead(bytes: Uint8Array): string {
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
  const label = wide ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(label).decode(bytes.subarray(0, 16 * 1024)).replace(/<!--[\s\S]*?-->/g, '');
}
