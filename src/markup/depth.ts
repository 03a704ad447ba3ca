/** Keeps hostile nesting away from parsers and walkers that call themselves. */

/** Deeper than any page a person wrote; every walker of the tree stays far from the stack's end. */
const deepest = 128;
const token =
  /<!--[\s\S]*?(?:-->|$)|<(script|style|textarea|title)\b[\s\S]*?(?:<\/\1\b|$)|<(\/?)([a-z][^\s/<>]*)[^<>]*>/gi;
// They have no content, or the next of their kind closes them: they add no depth of their own.
const flat = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr|p|li|dt|dd|td|th|tr|option)$/;

/** The same HTML without the tags that stand deeper; their text stays. */
export function limitDepth(html: string): string {
  const open: string[] = [];
  const dropped = new Map<string, number>();
  return html.replace(token, (tag: string, _raw: string | undefined, slash: string | undefined, printed?: string) => {
    const name = printed?.toLowerCase();
    if (name === undefined || flat.test(name) || tag.endsWith('/>')) return tag;
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
