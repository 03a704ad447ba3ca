/** JSON as templates write it: in comments, with loose commas, broken strings or pieces missing. */

/** The value, mended where it can be; null where nothing is left of it. */
export function parseLooseJson(text: string): unknown {
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

const stringOrTrouble = /"(?:[^"\\]|\\[\s\S])*"|\/\*[\s\S]*?\*\/|(?<=[\s,{[])\/\/[^\n]*|,(?=\s*[}\]])|,(?=\s*,)/g;

/** Without comments and commas that nothing follows; what stands in strings stays. */
function mended(text: string): string {
  return oneLine(
    text.replace(stringOrTrouble, (match) =>
      match.startsWith('"') ? match.replace(/\\(?!["\\/bfnrtu])/g, '\\\\') : '',
    ),
  );
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
