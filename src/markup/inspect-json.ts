import { deepestFeed, mostEntries } from '#src/markup/feed-limits.ts';

/** One walk before the real parser, which takes seconds and gigabytes for brackets alone: why it is refused, or null. */
export function inspectJson(json: string): string | null {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < json.length; at++) {
    const sign = json[at];
    if (inString) {
      if (sign === '\\') at++;
      else if (sign === '"') inString = false;
    } else if (sign === '"') inString = true;
    else if (sign === '[' || sign === '{') {
      if (++depth > deepestFeed) return `it is nested deeper than ${deepestFeed} levels`;
    } else if (sign === ']' || sign === '}') depth--;
  }
  try {
    const { items } = JSON.parse(json);
    if (!Array.isArray(items)) return 'it is not a feed but some other JSON: it has no list of items';
    return items.length > mostEntries ? `it has more than ${mostEntries} entries` : null;
  } catch (error) {
    return `it is not JSON: ${(error as Error).message}`;
  }
}
