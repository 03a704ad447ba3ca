/** The one way our XML is written: everything that comes in is text, and nothing in it can end an element. */

export interface Xml {
  xml: string;
}

export type Attributes = Readonly<Record<string, string | number | null | undefined>>;

/** An element that holds text; null when there is none, so that no empty elements appear. */
export function leaf(name: string, text: string | null | undefined, attributes: Attributes = {}): Xml | null {
  if (text === null || text === undefined) return null;
  const escaped = escapeText(text);
  return escaped.trim() === '' ? null : { xml: `<${name}${written(attributes)}>${escaped}</${name}>` };
}

/** An element that holds elements, each on its own line. */
export function branch(name: string, attributes: Attributes, children: readonly (Xml | null)[]): Xml {
  const inner = children.filter((child) => child !== null).map((child) => child.xml);
  const open = `<${name}${written(attributes)}`;
  return { xml: inner.length === 0 ? `${open}/>` : `${open}>\n${inner.join('\n')}\n</${name}>` };
}

/** The document: declaration on the first byte, a note for people, the root. */
export function xmlDocument(note: string, root: Xml): string {
  // Two hyphens end a comment.
  const comment = printable(note).replace(/-(?=-)|-$/g, '- ');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<!-- ${comment} -->\n${root.xml}\n`;
}

/** HTML that shows the text itself, for elements that readers take as HTML. */
export function textAsHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/**
 * Composed letters, and only what XML 1.0 allows (production 2, `Char`); C1 controls and U+FFFE, U+FFFF are refused or
 * warned of by validators and mean nothing in a text.
 */
export function printable(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFFE\uFFFF]/g, '')
    .normalize('NFC');
}

function written(attributes: Attributes): string {
  return Object.entries(attributes)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => ` ${name}="${escapeAttribute(String(value))}"`)
    .join('');
}

/** Numeric forms for `&` and `<`: the RSS profile's advice, because readers unescape `&lt;` once too often. */
function escapeText(text: string): string {
  return printable(text)
    .replace(/&/g, '&#x26;')
    .replace(/</g, '&#x3C;')
    .replace(/>/g, '&#x3E;')
    .replace(/\r/g, '&#xD;');
}

/** Line breaks would be read as spaces (XML 1.0, 3.3.3). */
function escapeAttribute(value: string): string {
  return printable(value)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
