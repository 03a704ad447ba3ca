/** What kind of file an address names. */

const types: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv',
  ppt: 'application/vnd.ms-powerpoint',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  rtf: 'application/rtf',
  epub: 'application/epub+zip',
  zip: 'application/zip',
  rar: 'application/vnd.rar',
  '7z': 'application/x-7z-compressed',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  ogg: 'audio/ogg',
  wav: 'audio/wav',
  mp4: 'video/mp4',
  webm: 'video/webm',
};

/** MIME type by the ending of an address's path; null for a page. */
export function typeOf(url: string): string | null {
  return typeByEnding(URL.parse(url)?.pathname ?? '');
}

/** MIME type by the ending of a name. */
export function typeByEnding(name: string): string | null {
  const ending = /\.([a-z0-9]{2,5})$/i.exec(name.trim())?.[1]?.toLowerCase();
  return ending && Object.hasOwn(types, ending) ? (types[ending] ?? null) : null;
}

/** Whether an address is a file's, not a page's. */
export function isDocument(href: string): boolean {
  return typeOf(URL.parse(href, 'https://a.invalid')?.href ?? '') !== null;
}
