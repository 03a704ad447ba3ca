/** Keeps hostile nesting away from parsers and walkers that call themselves. */
import { Parser } from 'htmlparser2';

/** Deeper than any page a person wrote; every walker of the tree stays far from the stack's end. */
const deepest = 128;
const voidElements = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/;

/** The same HTML without the tags that stand deeper; their text stays. */
export function limitDepth(html: string): string {
  const dropped: [from: number, to: number][] = [];
  const open: boolean[] = [];
  let depth = 0;
  const parser = new Parser({
    onopentag(name, _attributes, implied) {
      if (voidElements.test(name)) return;
      const keep = depth < deepest;
      open.push(keep);
      if (keep) depth += 1;
      else if (!implied) dropped.push([parser.startIndex, parser.endIndex + 1]);
    },
    onclosetag(name, implied) {
      if (voidElements.test(name)) return;
      if (open.pop()) depth -= 1;
      else if (!implied) dropped.push([parser.startIndex, parser.endIndex + 1]);
    },
  });
  parser.write(html);
  parser.end();
  if (dropped.length === 0) return html;
  const kept: string[] = [];
  let at = 0;
  for (const [from, to] of dropped) {
    if (from < at) continue;
    kept.push(html.slice(at, from));
    at = to;
  }
  kept.push(html.slice(at));
  return kept.join('');
}
