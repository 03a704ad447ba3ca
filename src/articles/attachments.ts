/** Files a page offers with its story. */
import type { Attachment } from '#src/core/article.ts';
import { tidy } from '#src/core/text.ts';
import { baseOf, type HtmlElement, selectAll, textOf } from '#src/markup/html.ts';
import { absoluteUrl } from '#src/markup/html-text.ts';

const types: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ppt: 'application/vnd.ms-powerpoint',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  rtf: 'application/rtf',
  epub: 'application/epub+zip',
  zip: 'application/zip',
  rar: 'application/vnd.rar',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  mp4: 'video/mp4',
};

/** Every link to a document, sound or film, once. */
export function findAttachments(body: HtmlElement): Attachment[] {
  const base = baseOf(body.ownerDocument);
  const found = new Map<string, Attachment>();
  for (const link of selectAll(body, 'a[href], audio[src], video[src], source[src]')) {
    const url = absoluteUrl(link.getAttribute('href') ?? link.getAttribute('src'), base);
    const type = url && typeOf(url);
    if (url && type && !found.has(url)) found.set(url, { url, title: tidy(textOf(link)) || null, type, bytes: null });
  }
  return [...found.values()];
}

/** Whether an address is a file's, not a page's. */
export function isDocument(href: string): boolean {
  return typeOf(URL.parse(href, 'https://a.invalid')?.href ?? '') !== null;
}

/** MIME type by the file's ending; null for a page. */
export function typeOf(url: string): string | null {
  const ending = /\.([a-z0-9]{2,5})$/i.exec(URL.parse(url)?.pathname ?? '')?.[1]?.toLowerCase();
  return ending && Object.hasOwn(types, ending) ? (types[ending] ?? null) : null;
}
