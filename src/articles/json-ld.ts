/** What a page says of itself in schema.org's terms. */
import { parseLooseJson } from '#src/articles/json-repair.ts';
import { tidy } from '#src/core/text.ts';
import { type HtmlDocument, selectAll } from '#src/markup/html.ts';

const articleTypes =
  /^(?:https?:\/\/schema\.org\/|schema:)?(?:(?:Analysis|Ask|Background|Opinion|Reportage|Review)?NewsArticle|Article|BlogPosting|LiveBlogPosting|SocialMediaPosting|Report|ScholarlyArticle|TechArticle)$/;
const pageTypes = /^(?:https?:\/\/schema\.org\/|schema:)?(?:WebPage|ItemPage|NewsPage)$/;
const mostNodes = 500;

export type JsonObject = Readonly<Record<string, unknown>>;

export interface JsonLd {
  /** The article's own object, completed by others that speak of the same; null without one. */
  article: JsonObject | null;
  /** The page's object. */
  page: JsonObject | null;
  /** Names of the breadcrumbs, outermost first. */
  crumbs: string[];
}

/**
 * The article's object, looked for in all scripts, in lists and `@graph` too, references (`@id`) resolved. `titles`: what
 * the page calls its article elsewhere, which tells it from others the page speaks of.
 */
export function readJsonLd(document: HtmlDocument, titles: readonly string[] = []): JsonLd {
  const nodes = collect(
    selectAll(document, 'script[type*="ld+json" i]').map((script) => parseLooseJson(script.textContent ?? '')),
  );
  const byId = new Map<string, JsonObject>();
  for (const node of nodes) {
    const id = node['@id'];
    // A reference says nothing itself.
    if (
      typeof id === 'string' &&
      Object.keys(node).length > (byId.has(id) ? Object.keys(byId.get(id) ?? {}).length : 1)
    )
      byId.set(id, node);
  }
  const resolve = (value: unknown, depth = 0): unknown => {
    if (Array.isArray(value)) return depth < 2 ? value.slice(0, mostNodes).map((each) => resolve(each, depth + 1)) : [];
    const id = isObject(value) && typeof value['@id'] === 'string' ? value['@id'] : null;
    return id !== null && isObject(value) ? { ...byId.get(id), ...value } : value;
  };
  const resolved = (node: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(node).map(([key, value]) => [key, resolve(value)]));
  const isOf = (types: RegExp) => (node: JsonObject) =>
    listOf(node['@type']).some((type) => typeof type === 'string' && types.test(type));
  const articles = nodes.filter(isOf(articleTypes));
  const page = nodes.find(isOf(pageTypes));
  return {
    article: articles.length === 0 ? null : resolved(complete(articles, titles)),
    page: page ? resolved(page) : null,
    crumbs: crumbsOf(nodes.find(isOf(/BreadcrumbList$/)), resolve),
  };
}

/** Every object that could be the article's, in order of appearance. */
function collect(roots: unknown[]): JsonObject[] {
  const found: JsonObject[] = [];
  const queue = [...roots];
  for (let seen = 0; queue.length > 0 && seen < mostNodes; seen += 1) {
    const node = queue.shift();
    if (Array.isArray(node)) queue.unshift(...node.slice(0, mostNodes));
    if (!isObject(node)) continue;
    found.push(node);
    const inside = ['@graph', 'mainEntity', 'mainEntityOfPage', 'author', 'image', 'publisher', 'breadcrumb'];
    queue.push(...inside.map((key) => node[key]).filter((each) => typeof each === 'object'));
  }
  return found;
}

/** The object with the page's headline, else the first; what it lacks is taken from others with the same headline or none. */
function complete(articles: readonly JsonObject[], titles: readonly string[]): JsonObject {
  const nameOf = (node: JsonObject) => fold(textOfValue(node['headline']) ?? textOfValue(node['name']) ?? '');
  const known = titles.map(fold).filter(Boolean);
  const isTitled = (node: JsonObject) => {
    const name = nameOf(node);
    return name !== '' && known.some((title) => title.startsWith(name) || name.startsWith(title));
  };
  const [first = {}] = articles;
  const main = articles.find(isTitled) ?? first;
  const others = articles.filter((node) => node !== main && (nameOf(node) === '' || nameOf(node) === nameOf(main)));
  return Object.assign({}, ...others.toReversed(), main) as JsonObject;
}

function fold(text: string): string {
  return tidy(text)
    .toLowerCase()
    .replace(/\s*(?:…|\.\.\.)$/, '');
}

function crumbsOf(list: JsonObject | undefined, resolve: (value: unknown) => unknown): string[] {
  const items = listOf(resolve(list?.['itemListElement'])).filter(isObject);
  return items
    .map((item, index) => ({ at: Number(item['position'] ?? index), item }))
    .sort((a, b) => a.at - b.at)
    .flatMap(({ item }) => textOfValue(item['name']) ?? textOfValue(resolve(item['item'])) ?? []);
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
  const [first] = listOf(value);
  const inside = isObject(first) ? (first[key] ?? first['@value']) : first;
  const [text] = listOf(isObject(inside) ? inside['@value'] : inside);
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : null;
}
