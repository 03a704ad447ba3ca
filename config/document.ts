/** The settings file as a YAML document whose values still know their line and column. */
import { isUtf8 } from 'node:buffer';
import { type Document, isAlias, isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { type KeyPath, type Locate, SettingsError } from '#config/mistakes.ts';
import { placeInScalar } from '#config/place-in-scalar.ts';

export interface SettingsDocument {
  root: Document;
  locate: Locate;
}

/** A settings file is a page or two; anything far beyond that is another file. */
export const maxSettingsBytes = 1024 * 1024;

/** Reads bytes or text as YAML 1.2. Throws `SettingsError` with every mistake of form; `needs`: what an empty one lacks. */
export function parseSettingsText(
  content: Uint8Array | string,
  file: string,
  needs = 'It needs at least `site:` with `name` and `url`',
): SettingsDocument {
  const text = typeof content === 'string' ? content.replace(/^\uFEFF/, '') : decode(content, file);
  const lines = new LineCounter();
  const root = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const formMistakes = [...root.errors, ...root.warnings].map((error) => {
    const { line, col } = lines.linePos(error.pos[0]);
    const [message, fix] = explainForm(error.code, error.message);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1), key: '', message, fix };
  });
  if (formMistakes.length > 0) throw new SettingsError(formMistakes);
  if (root.contents === null || isEmptyScalar(root.contents)) throw whole(file, 'the file is empty', needs);
  if (!isMap(root.contents)) throw whole(file, 'the file holds no keys', needs);
  const locate: Locate = (path, part, within) => {
    const { offset, node } = find(root, path, part);
    const at = within !== undefined && isScalar(node) ? placeInScalar(text, node, within) : offset;
    const { line, col } = lines.linePos(at);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  return { root, locate };
}

/** Plain values of the document. Empty keys (`feeds:` with nothing after it) count as left out. */
export function plainValues(document: SettingsDocument, file: string): Record<string, unknown> {
  try {
    return withoutEmpty(document.root.toJS({ maxAliasCount: 100 })) as Record<string, unknown>;
  } catch (error) {
    const name = /^Unresolved alias.*: (.*)$/.exec((error as Error).message)?.[1];
    if (name)
      throw whole(
        file,
        `\`*${name}\` stands for a value marked \`&${name}\`, and none is`,
        'Put text that begins with `*` in quotes',
      );
    // The only other way left to fail: aliases of aliases that unfold to millions of values.
    throw whole(file, 'its aliases (`*name`) unfold to too many values', 'Write the values out');
  }
}

export function tooLarge(bytes: number, file: string): SettingsError {
  const size = (bytes / 1024 / 1024).toFixed(1);
  return whole(file, `the file has ${size} MB, settings have at most 1 MB`, 'Is it the right file?');
}

function decode(bytes: Uint8Array, file: string): string {
  if (bytes.length > maxSettingsBytes) throw tooLarge(bytes.length, file);
  if (bytes[0] === 0xff || bytes[0] === 0xfe) throw whole(file, 'the file is UTF-16', 'Save it as UTF-8');
  if (!isUtf8(bytes)) {
    const text = new TextDecoder('utf-8').decode(bytes);
    const before = text.slice(0, Math.max(text.indexOf('\uFFFD'), 0)).split('\n');
    const place = { line: before.length, column: before.at(-1)!.length + 1 };
    const mistake = {
      file,
      ...place,
      key: '',
      message: 'a character here is not UTF-8',
      fix: 'Save the file as UTF-8',
    };
    throw new SettingsError([mistake]);
  }
  return new TextDecoder('utf-8').decode(bytes);
}

function whole(file: string, message: string, fix: string): SettingsError {
  return new SettingsError([{ file, line: 1, column: 1, key: '', message, fix }]);
}

/** The parser's own messages are for people who know YAML; the common ones are said plainly. */
function explainForm(code: string, message: string): [string, string | null] {
  if (code === 'TAB_AS_INDENT' || /tabs?\b/i.test(message)) return ['a tab stands here', 'Indent with spaces'];
  if (code === 'DUPLICATE_KEY') return ['this key stands here a second time', 'Keep one of the two'];
  if (code === 'MULTIPLE_DOCS') return ['a second document begins here', 'Remove the line `---`'];
  if (code === 'TAG_RESOLVE_FAILED') return ['tags (`!name`) mean nothing here', 'Remove the tag'];
  const first = message.split('\n')[0]!.replace(/\s+at line \d+.*$/, '');
  return [`not readable as YAML: ${first[0]?.toLowerCase()}${first.slice(1)}`, null];
}

/** The place of a key or value; of the nearest thing above it that exists, where it is missing. */
function find(root: Document, path: KeyPath, part: 'key' | 'value'): { offset: number; node: Node | null } {
  let node: Node | null = root.contents as Node | null;
  let offset = 0;
  for (const [depth, step] of path.entries()) {
    if (isAlias(node)) node = node.resolve(root) ?? null;
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
      if (!pair) break;
      const isLast = depth === path.length - 1;
      const value = isNode(pair.value) ? pair.value : null;
      // An empty value stands nowhere: its key does.
      const shown = (isLast && part === 'key') || !value || isEmptyScalar(value) ? (pair.key as Node) : value;
      offset = shown.range?.[0] ?? offset;
      node = value;
    } else if (isSeq(node)) {
      const item = node.items[Number(step)];
      if (!isNode(item)) break;
      offset = item.range?.[0] ?? offset;
      node = item;
    } else break;
  }
  return { offset, node: isAlias(node) ? (node.resolve(root) ?? null) : node };
}

function isEmptyScalar(node: Node): boolean {
  return isScalar(node) && node.value === null;
}

function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutEmpty(inner)]));
}
