/** Originals are kept under the hash of their content, and what an address gave last stands beside them. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Http } from '#src/core/tools.ts';
import { PhotoRefusal } from '#src/photos/failure.ts';
import { fetchOriginal, type Validators } from '#src/photos/fetch-original.ts';
import { detectKind } from '#src/photos/kind.ts';
import { readLocalOriginal } from '#src/photos/local-original.ts';

export interface Original {
  /** Of its bytes. */
  hash: string;
  /** On this machine. */
  path: string;
}

export interface OriginalTools {
  http: Http;
  files: PhotoFiles;
}

/** What photos need of a file store. */
export interface PhotoFiles {
  /** Whole or not at all. */
  write(name: string, content: Uint8Array | string): Promise<void>;
  read(name: string): Promise<Buffer | null>;
  info(name: string): Promise<{ bytes: number } | null>;
  /** A path on this machine; the folder above it exists. */
  localPath(name: string): Promise<string>;
}

/**
 * Gives the original at an address, fetched with a conditional request where it was fetched before: a retry and an
 * edit of the text cost one 304. Throws a `PhotoRefusal` when there is no picture to be had.
 */
export async function keepOriginal(url: string | null, roots: string[], tools: OriginalTools): Promise<Original> {
  const address = addressOf(url);
  if (address.protocol === 'file:') {
    const original = await keep(await readLocalOriginal(address, roots), tools);
    await remember(address, original, tools);
    return original;
  }
  const known = await readKnown(address, tools);
  const answer = await fetchOriginal(address, known, tools.http);
  if (answer === 'unchanged' && known) return { hash: known.hash, path: await tools.files.localPath(known.file) };
  if (answer === 'unchanged')
    throw new PhotoRefusal('The address answered that the picture is unchanged, to a first request');
  const original = await keep(answer.bytes, tools);
  await remember(address, original, tools, answer);
  return original;
}

/** What an address gave last, without asking there again; null when it is not kept any more. */
export async function keptOriginal(url: string, tools: Pick<OriginalTools, 'files'>): Promise<Original | null> {
  const known = await readKnown(addressOf(url), tools);
  return known && { hash: known.hash, path: await tools.files.localPath(known.file) };
}

async function remember(
  address: URL,
  { hash, file }: { hash: string; file: string },
  { files }: Pick<OriginalTools, 'files'>,
  { etag, lastModified }: Validators = { etag: null, lastModified: null },
): Promise<void> {
  await files.write(knownName(address), JSON.stringify({ hash, file, etag, lastModified }));
}

function addressOf(url: string | null): URL {
  if (url === null)
    throw new PhotoRefusal('The text has a caption but no picture came with it; ask the desk for the picture');
  const address = URL.parse(url);
  if (address && ['http:', 'https:', 'file:'].includes(address.protocol)) return address;
  throw new PhotoRefusal(
    'The address of the picture is not one that can be fetched (http, https or a file in an inbox folder)',
  );
}

async function keep(bytes: Uint8Array, { files }: OriginalTools): Promise<Original & { file: string }> {
  const found = detectKind(bytes);
  if (found.kind === null) throw new PhotoRefusal(found.reason);
  const hash = createHash('sha256').update(bytes).digest('hex');
  const file = `originals/${hash}.${found.kind === 'jpeg' ? 'jpg' : found.kind}`;
  if ((await files.info(file))?.bytes !== bytes.length) await files.write(file, bytes);
  return { hash, file, path: await files.localPath(file) };
}

const knownForm = z.object({
  hash: z.string(),
  file: z.string(),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
});

type Known = z.infer<typeof knownForm> & Validators;

function knownName(address: URL): string {
  return `originals/address-${createHash('sha256').update(address.href).digest('hex')}.json`;
}

/** What the address gave last, as long as that original is still kept. */
async function readKnown(address: URL, { files }: Pick<OriginalTools, 'files'>): Promise<Known | null> {
  const content = await files.read(knownName(address));
  const known = content && parseKnown(content.toString());
  return known && (await files.info(known.file)) ? known : null;
}

/** One that cannot be read costs a fetch, no more. */
function parseKnown(content: string): Known | null {
  try {
    return knownForm.parse(JSON.parse(content));
  } catch {
    return null;
  }
}
