/** Where a character of a YAML text's value stands in the file: quotes, escapes, folding and indentation lie between. */
import { Scalar } from 'yaml';

/** Offset in `source` of the value's character at `index`; its beginning where that cannot be told. */
export function placeInScalar(source: string, node: Scalar, index: number): number {
  const [start, end] = node.range ?? [0, 0];
  const value = String(node.value);
  const isBlock = node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED;
  let at = isBlock ? source.indexOf('\n', start) + 1 : start;
  if (node.type === Scalar.QUOTE_DOUBLE || node.type === Scalar.QUOTE_SINGLE) at++;
  const indent = isBlock ? blockIndent(source.slice(at, end)) : 0;
  if (isBlock) at = pastIndent(source, at, indent);

  let done = 0;
  while (done < index && at < end) {
    const step = node.type === Scalar.QUOTE_DOUBLE ? escaped(source, at) : null;
    if (step) {
      done += step.gives;
      at += step.takes;
    } else if (node.type === Scalar.QUOTE_SINGLE && source.startsWith("''", at)) {
      done++;
      at += 2;
    } else if (!isBlock && /^[ \t]+\r?\n/.test(source.slice(at, at + 500))) {
      // Blanks at a line's end, which folding drops.
      at++;
    } else if (source[at] === '\n' || (source[at] === '\r' && source[at + 1] === '\n')) {
      const gap = isBlock ? blockBreak(source, at, indent, value[done]) : foldedBreak(source, at);
      done += gap.gives;
      at += gap.takes;
    } else if (source[at] === value[done]) {
      done++;
      at++;
    } else return start;
  }
  return done === index ? at : start;
}

interface Step {
  /** Characters of the value. */
  gives: number;
  /** Characters of the file. */
  takes: number;
}

function escaped(source: string, at: number): Step | null {
  if (source[at] !== '\\') return null;
  const kind = source[at + 1] ?? '';
  const digits = { x: 2, u: 4, U: 8 }[kind];
  if (digits) {
    const code = Number.parseInt(source.slice(at + 2, at + 2 + digits), 16);
    return { gives: code > 0xffff ? 2 : 1, takes: 2 + digits };
  }
  // A line that goes on: break and indentation are nothing.
  const goesOn = /^\\\r?\n[ \t]*/.exec(source.slice(at, at + 500))?.[0];
  return goesOn ? { gives: 0, takes: goesOn.length } : { gives: 1, takes: 2 };
}

/** In quotes and plain text a break is a blank, several are one break less. */
function foldedBreak(source: string, at: number): Step {
  const run = /^(?:\r?\n[ \t]*)+/.exec(source.slice(at, at + 5000))![0];
  const breaks = run.split('\n').length - 1;
  return { gives: Math.max(1, breaks - 1), takes: run.length };
}

function blockBreak(source: string, at: number, indent: number, expected: string | undefined): Step {
  const width = source[at] === '\r' ? 2 : 1;
  const takes = pastIndent(source, at + width, indent) - at;
  // In folded text a break may be a blank, or nothing before an empty line.
  return { gives: expected === '\n' || expected === ' ' ? 1 : 0, takes };
}

function pastIndent(source: string, at: number, indent: number): number {
  let past = at;
  while (past - at < indent && source[past] === ' ') past++;
  return past;
}

function blockIndent(block: string): number {
  const first = block.split('\n').find((line) => line.trim() !== '') ?? '';
  return /^ */.exec(first)![0].length;
}
