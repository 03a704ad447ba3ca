/** A mail as a reader's program understands it: enough of MIME for what Loa writes. */

export interface MailPart {
  type: string;
  headers: Map<string, string[]>;
  /** Decoded; text parts are UTF-8. */
  content: Buffer;
}

export interface ReadMail {
  /** Names in lower case, values unfolded and decoded, every one of a name. */
  headers: Map<string, string[]>;
  subject: string;
  text: string;
  html: string;
  /** All that are no multipart. */
  parts: MailPart[];
  /** Types of the multiparts, outermost first. */
  nesting: string[];
}

/** `raw` with one character for each byte. */
export function readMail(raw: string): ReadMail {
  const nesting: string[] = [];
  const parts = leaves(raw, nesting);
  const headers = headersOf(raw);
  const textOf = (type: string) => parts.find((part) => part.type === type)?.content.toString('utf8') ?? '';
  return {
    headers,
    subject: headers.get('subject')?.[0] ?? '',
    text: textOf('text/plain'),
    html: textOf('text/html'),
    parts,
    nesting,
  };
}

function leaves(raw: string, nesting: string[]): MailPart[] {
  const headers = headersOf(raw);
  const contentType = headers.get('content-type')?.[0] ?? 'text/plain';
  const type = contentType.split(';')[0]!.trim().toLowerCase();
  const body = raw.slice(raw.indexOf('\r\n\r\n') + 4);
  if (!type.startsWith('multipart/')) {
    return [{ type, headers, content: decoded(body, headers.get('content-transfer-encoding')?.[0] ?? '7bit') }];
  }
  nesting.push(type);
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)![1]!;
  const [inside = ''] = `\r\n${body}`.split(`\r\n--${boundary}--`);
  return inside
    .split(`\r\n--${boundary}\r\n`)
    .slice(1)
    .flatMap((part) => leaves(part, nesting));
}

function headersOf(raw: string): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  const lines = raw
    .slice(0, raw.indexOf('\r\n\r\n'))
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  for (const line of lines) {
    const name = line.slice(0, line.indexOf(':')).toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), decodedWords(line.slice(line.indexOf(':') + 1).trim())]);
  }
  return headers;
}

function decodedWords(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/(=\?utf-8\?B\?[^?]*\?=)+/gi, (words) =>
      Buffer.concat(
        [...words.matchAll(/\?B\?([^?]*)\?=/gi)].map(([, word]) => Buffer.from(word!, 'base64')),
      ).toString(),
    )
    .replace(/=\?utf-8\?Q\?([^?]*)\?=/gi, (_whole, word: string) => quoted(word.replaceAll('_', ' ')).toString());
}

function decoded(body: string, encoding: string): Buffer {
  if (encoding.toLowerCase() === 'base64') return Buffer.from(body, 'base64');
  if (encoding.toLowerCase() === 'quoted-printable') return quoted(body.replace(/=\r\n/g, ''));
  return Buffer.from(body, 'latin1');
}

function quoted(text: string): Buffer {
  const bytes = text.replace(/=([\dA-F]{2})/gi, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1');
}
