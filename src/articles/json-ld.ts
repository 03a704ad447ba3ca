/** What a page says of itself in schema.org's terms. */
import { type HtmlDocument, selectAll } from '#src/markup/html.ts';

const types =
  /^(?:(?:Analysis|Ask|Background|Opinion|Reportage|Review)?NewsArticle|Article|BlogPosting|LiveBlogPosting|Report)$/;
const mostNodes = 500;

export type JsonObject = Readonly<Record<string, unknown>>;

/** The page's article object, looked for in lists and `@graph` too; null without one. Broken JSON is passed over. */
export function readJsonLd(document: HtmlDocument): JsonObject | null {
  for (const script of selectAll(document, 'script[type="application/ld+json"]')) {
    const found = findArticle(parse(script.textContent ?? ''));
    if (found) return found;
  }
  return null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\s*(?:<!--|\/\*<!\[CDATA\[\*\/|<!\[CDATA\[)|(?:-->|\]\]>)\s*$/g, ''));
  } catch {
    // Line breaks inside strings are the commonest mistake of hand-made templates.
    try {
      return JSON.parse(text.replace(/[\u0000-\u001f]+/g, ' '));
    } catch {
      return null;
    }
  }
}

function findArticle(root: unknown): JsonObject | null {
  const queue: unknown[] = [root];
  for (let seen = 0; queue.length > 0 && seen < mostNodes; seen += 1) {
    const node = queue.shift();
    if (Array.isArray(node)) queue.push(...node.slice(0, mostNodes));
    if (!isObject(node)) continue;
    if (listOf(node['@type']).some((type) => typeof type === 'string' && types.test(type))) return node;
    queue.push(node['@graph'], node['mainEntity'], node['mainEntityOfPage']);
  }
  return null;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** schema.org lets one value stand for a list of one. */
export function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** A text, or the `name` (or another key) of an object; null for anything else. */
export function textOfValue(value: unknown, key = 'name'): string | null {
  const text = isObject(value) ? value[key] : value;
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : null;
}
