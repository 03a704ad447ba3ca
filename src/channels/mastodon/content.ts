/** A status as the server shows it, read back: its few tags taken off, the addresses behind its links kept. */

/** Only what is compared with our own text and addresses; nobody is shown it. */
export function plainText(content: string): { text: string; links: string[] } {
  const hrefs = [...content.matchAll(/<a\b[^<>]*?\bhref="([^"]*)"/gi)].map(([, href]) => decoded(href!));
  const lines = content.replace(/<br\s*\/?>/gi, '\n').replace(/<\/p>\s*<p[^<>]*>/gi, '\n\n');
  const text = decoded(lines.replace(/<[^<>]*>/g, ''));
  return { text, links: [...hrefs, ...(text.match(/https?:\/\/[^\s<>"]+/gi) ?? [])] };
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00A0' };

function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return named[name.toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
