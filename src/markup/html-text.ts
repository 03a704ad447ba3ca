/** Pieces of HTML read in one pass, without a tree. */
import { Parser } from 'htmlparser2';
import { tidy } from '#src/core/text.ts';

/** The text of a piece of HTML as a reader sees it, on one line. */
export function htmlText(html: string): string {
  return tidy(rawText(html));
}

/** Entities decoded, everything else literal. */
export function decodeEntity(text: string): string {
  return text.replace(/&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});/gi, (entity) => rawText(entity) || entity);
}

/** An http(s) or mailto address, made absolute; null for anything else (`javascript:`, `data:`, no base). */
export function absoluteUrl(href: string | null | undefined, base: string | null): string | null {
  if (!href?.trim()) return null;
  const url = URL.parse(href.trim(), base ?? undefined);
  return url && /^(?:https?|mailto):$/.test(url.protocol) ? url.href : null;
}

/** Text for use between tags or in a double-quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

const unseen = /^(?:script|style|template|noscript)$/;
const apart = /^(?:td|th|p|div|li|tr|h\d)$/;

/** `<br>` breaks the line, cells and blocks stand apart. */
function rawText(html: string): string {
  const parts: string[] = [];
  let hidden = 0;
  const parser = new Parser({
    onopentagname(name) {
      if (unseen.test(name)) hidden++;
      else if (name === 'br') parts.push('\n');
    },
    ontext(text) {
      if (hidden === 0) parts.push(text);
    },
    onclosetag(name) {
      if (unseen.test(name)) hidden--;
      else if (apart.test(name)) parts.push(' ');
    },
  });
  parser.write(html.replaceAll('\u0000', ''));
  parser.end();
  return parts.join('');
}
