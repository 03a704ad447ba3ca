/** The one way our XML is written: everything that comes in is printable text, and nothing in it can end an element. */

export interface Xml {
  xml: string;
}

export type Attributes = Readonly<Record<string, string | number | null | undefined>>;

/** An element that holds text; null when there is none, so that no empty elements appear. */
export function leaf(name: string, text: string | null | undefined, attributes: Attributes = {}): Xml | null {
  if (text === null || text === undefined || text.trim() === '') return null;
  return { xml: `<${name}${written(attributes)}>${escapeText(text)}</${name}>` };
}

/** An element that holds elements, each on its own line. */
export function branch(name: string, attributes: Attributes, children: readonly (Xml | null)[]): Xml {
  const inner = lines(children);
  const open = `<${name}${written(attributes)}`;
  return { xml: inner === '' ? `${open}/>` : `${open}>\n${inner}\n</${name}>` };
}

/** The start of a document: declaration on the first byte, a note for people, the root with what stands first in it. */
export function xmlOpening(note: string, root: string, attributes: Attributes): string {
  // Two hyphens end a comment.
  const comment = note.replace(/-(?=-)|-$/g, '- ');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<!-- ${comment} -->\n<${root}${written(attributes)}>\n`;
}

export function lines(elements: readonly (Xml | null)[]): string {
  let text = '';
  for (const element of elements) {
    if (element) text += text === '' ? element.xml : `\n${element.xml}`;
  }
  return text;
}

/** HTML that shows the text itself, for elements that readers take as HTML. */
export function textAsHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function written(attributes: Attributes): string {
  let text = '';
  for (const name in attributes) {
    const value = attributes[name];
    if (typeof value === 'number') text += ` ${name}="${value}"`;
    else if (value !== null && value !== undefined) text += ` ${name}="${escapeAttribute(value)}"`;
  }
  return text;
}

/** Numeric forms for `&` and `<`: the RSS profile's advice, because readers unescape `&lt;` once too often. */
function escapeText(text: string): string {
  // Most texts are short and hold none of them.
  if (!/[&<>\r]/.test(text)) return text;
  const escaped = text.replace(/&/g, '&#x26;').replace(/</g, '&#x3C;').replace(/>/g, '&#x3E;');
  return escaped.includes('\r') ? escaped.replace(/\r/g, '&#xD;') : escaped;
}

/** Line breaks would be read as spaces (XML 1.0, 3.3.3). */
function escapeAttribute(value: string): string {
  if (!/[&<>"\t\n\r]/.test(value)) return value;
  return value
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
