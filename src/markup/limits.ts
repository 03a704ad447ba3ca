/** Keeps hostile markup away from parsers and walkers, whose work grows with depth and number of elements. */

/** Deeper than any page a person wrote; every walker of the tree stays far from the stack's end. */
const deepest = 128;
/** Several times a long news page's, counting closing tags too. */
const mostTags = 24_000;

const token =
  /<!--[\s\S]*?(?:-->|$)|<(script|style|textarea|title)\b[\s\S]*?(?:<\/\1\b|$)|<(\/?)([a-z][^\s/<>]*)[^<>]*>/gi;
// They have no content, or the next of their kind closes them: they add no depth of their own.
const flat = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr|p|li|dt|dd|td|th|tr|option)$/;

/** The same HTML without the tags that stand too deep or are too many; their text stays. */
export function limitMarkup(html: string): string {
  const open: string[] = [];
  const dropped = new Map<string, number>();
  let tags = 0;
  return html.replace(token, (tag: string, _raw: string | undefined, slash: string | undefined, printed?: string) => {
    const name = printed?.toLowerCase();
    if (name === undefined) return tag;
    tags += 1;
    if (tags > mostTags) return '';
    if (flat.test(name) || tag.endsWith('/>')) return tag;
    const tooDeep = dropped.get(name) ?? 0;
    if (slash === '/') {
      if (tooDeep > 0) {
        dropped.set(name, tooDeep - 1);
        return '';
      }
      const at = open.lastIndexOf(name);
      if (at >= 0) open.length = at;
      return tag;
    }
    if (open.length < deepest) {
      open.push(name);
      return tag;
    }
    dropped.set(name, tooDeep + 1);
    return '';
  });
}
