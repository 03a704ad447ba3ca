/** A body of form fields and files (RFC 7578). */
import { randomUUID } from 'node:crypto';

export interface FormFile {
  /** Of its field. */
  field: string;
  /** Its name in the file store; the service is told the last part of it. */
  file: string;
  type: string;
  bytes: Uint8Array;
}

/** Field names and types are ours; texts and file names may hold anything. */
export function multipart(fields: Readonly<Record<string, string>>, files: readonly FormFile[]) {
  const boundary = `loa-${randomUUID()}`;
  const texts = Object.entries(fields).map(([name, text]) => Buffer.from(`${head(boundary, name)}\r\n\r\n${text}\r\n`));
  const parts = files.flatMap(({ field, file, type, bytes }) => [
    Buffer.from(`${head(boundary, field)}; filename="${lastPart(file)}"\r\nContent-Type: ${type}\r\n\r\n`),
    bytes,
    Buffer.from('\r\n'),
  ]);
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([...texts, ...parts, Buffer.from(`--${boundary}--\r\n`)]),
  };
}

const head = (boundary: string, name: string) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"`;

function lastPart(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/[\r\n"]/g, '_');
}
