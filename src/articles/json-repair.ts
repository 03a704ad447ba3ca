/** JSON as templates write it: in comments, with loose commas, broken strings or pieces missing. */

/** Larger ones are a page's whole state, and no article's data. */
const longest = 2_000_000;

/** The value, mended where it can be; null where nothing is left of it. */
export function parseLooseJson(text: string): unknown {
  if (text.length > longest) return null;
  const bare = unwrap(text);
  for (const attempt of [bare, oneLine(bare), mended(bare), `[${mended(bare).replace(/\}\s*\{/g, '},{')}]`]) {
    try {
      return JSON.parse(attempt);
    } catch {
      // The next attempt mends more.
    }
  }
  return salvaged(bare);
}

/** Without the HTML comment or CDATA section around it; entities decoded where all of it was escaped. */
function unwrap(text: string): string {
  const bare = text
    .replace(/^\s*(?:\/\/|\/\*)?\s*<!(?:--|\[CDATA\[)\s*(?:\/\/|\*\/)?/, '')
    .replace(/(?:\/\/|\/\*)?\s*(?:-->|\]\]>)\s*(?:\*\/)?\s*;?\s*$/, '')
    .trim();
  if (!/^[[{]\s*&(?:quot|#34);/.test(bare)) return bare.replace(/;$/, '');
  return bare
    .replace(/&(?:quot|#34);/g, '"')
    .replace(/&(?:#39|apos);/g, "'")
    .replace(/&amp;/g, '&');
}

// Line breaks inside strings are the commonest mistake of hand-made templates.
function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f]+/g, ' ');
}

/** Without comments and commas that nothing follows; what stands in strings stays. One walk, whatever is broken. */
function mended(text: string): string {
  const parts: string[] = [];
  for (let at = 0; at < text.length; ) {
    const sign = text[at];
    if (sign === '"') {
      const end = endOfString(text, at);
      parts.push(oneLine(text.slice(at, end)).replace(/\\(?!["\\/bfnrtu])(.?)/g, '\\\\$1'));
      at = end;
    } else if (sign === '/' && text[at + 1] === '*') {
      const end = text.indexOf('*/', at + 2);
      at = end < 0 ? text.length : end + 2;
    } else if (sign === '/' && text[at + 1] === '/') {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
    } else {
      parts.push(sign === undefined || sign < ' ' ? ' ' : sign);
      at += 1;
    }
  }
  return withoutLooseCommas(parts);
}

function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

/** Commas before a closing bracket or another comma. */
function withoutLooseCommas(parts: readonly string[]): string {
  const kept: string[] = [];
  let next = '';
  for (let index = parts.length - 1; index >= 0; index -= 1) {
    const part = parts[index] ?? '';
    if (part === ',' && (next === '}' || next === ']' || next === ',')) continue;
    if (part !== ' ') next = part;
    kept.push(part);
  }
  return kept.reverse().join('');
}

const fields = ['headline', 'datePublished', 'dateModified', 'articleSection', 'description', 'inLanguage'];

/** What can still be told of an article whose object does not close. */
function salvaged(text: string): unknown {
  if (!/"@type"\s*:\s*\[?\s*"[^"]*(?:Article|BlogPosting|Report)"/.test(text)) return null;
  const found = fields.flatMap((field) => {
    const value = new RegExp(`"${field}"\\s*:\\s*"((?:[^"\\\\\\n]|\\\\.){1,2000})"`).exec(text)?.[1];
    if (value === undefined) return [];
    try {
      return [[field, JSON.parse(`"${oneLine(value)}"`)]];
    } catch {
      return [];
    }
  });
  return found.length === 0 ? null : { '@type': 'NewsArticle', ...Object.fromEntries(found) };
}
