/** Telegram's HTML as its parser reads it: known tags and entities are taken out, anything else is refused. */

export interface Parsed {
  /** What readers see. */
  text: string;
  /** Targets of `<a href>`. */
  links: string[];
}

const inMessages = new Set([
  ...['b', 'strong', 'i', 'em', 'u', 'ins', 's', 'strike', 'del', 'a', 'code', 'pre', 'blockquote', 'span'],
  ...['tg-spoiler', 'tg-emoji', 'tg-time'],
]);
const inRich = new Set([
  ...inMessages,
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'figure', 'img', 'figcaption', 'cite', 'footer', 'hr'],
  ...['tg-slideshow', 'tg-collage'],
]);
const alone = new Set(['img', 'hr']);
const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };

/** Throws with the server's own words. */
export function parseTelegramHtml(html: string, isRich = false): Parsed {
  const known = isRich ? inRich : inMessages;
  const open: string[] = [];
  const links: string[] = [];
  let text = '';
  let at = 0;
  for (const match of html.matchAll(/<(\/?)([a-zA-Z0-9-]*)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*\/?>|</g)) {
    text += decoded(html.slice(at, match.index));
    at = match.index + match[0].length;
    const [, closing, tag = '', attributes = ''] = match;
    const place = Buffer.byteLength(html.slice(0, match.index));
    if (!known.has(tag)) {
      throw new Error(`can't parse entities: Unsupported start tag "${tag}" at byte offset ${place}`);
    }
    if (closing) {
      if (open.pop() !== tag) throw new Error(`can't parse entities: Unexpected end tag at byte offset ${place}`);
      if (isRich && (tag === 'p' || tag === 'figure')) text += '\n';
    } else if (!alone.has(tag)) open.push(tag);
    const href = /\shref="([^"]*)"/.exec(attributes)?.[1];
    if (tag === 'a' && href !== undefined) links.push(decoded(href));
  }
  text += decoded(html.slice(at));
  if (open.length > 0) {
    throw new Error(`can't parse entities: Can't find end tag corresponding to start tag "${open.at(-1)}"`);
  }
  return { text, links };
}

function decoded(text: string): string {
  return text.replace(/&(?:([a-z]+)|#(\d+)|#x([0-9a-f]+));/gi, (whole, name, decimal, hex) => {
    if (name) return entities[name] ?? whole;
    return String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex, 16));
  });
}
