/** PostgreSQL refuses U+0000 in text and in jsonb; pages and feeds hold it all the same. */

/** The parameter without U+0000: raw in any text, and as the escape `\u0000` in JSON text. Objects become JSON text. */
export function stripNul(param: unknown): unknown {
  if (typeof param === 'string') return stripText(param);
  if (Array.isArray(param)) return param.map(stripNul);
  if (param === null || typeof param !== 'object' || param instanceof Date || ArrayBuffer.isView(param)) return param;
  return stripText(JSON.stringify(param));
}

function stripText(text: string): string {
  const plain = text.includes('\0') ? text.replaceAll('\0', '') : text;
  return plain.includes('\\u0000') && isJson(plain)
    ? plain.replace(escapes, (pair) => (pair === nul ? '' : pair))
    : plain;
}

/** In JSON text a backslash starts an escape; read pair by pair, `\\u0000` is a backslash and five plain characters. */
const escapes = /\\(?:u[0-9a-fA-F]{4}|.)/gs;
const nul = '\\u0000';

/** An article that explains the escape is no JSON and keeps its words. */
function isJson(text: string): boolean {
  if (!/^\s*["[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
