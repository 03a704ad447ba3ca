/** One file of a sitemap, asked conditionally and unpacked. */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, gunzip } from 'node:zlib';
import { conditionalHeaders, type Validators, validatorsOf } from '#src/core/conditional.ts';
import { UserError } from '#src/core/errors.ts';
import { retryAfter } from '#src/core/retry-after.ts';
import { parseSitemap, type Sitemap } from '#src/markup/parse-sitemap.ts';
import { refusal } from '#src/sources/answers.ts';
import type { FileState } from '#src/sources/sitemap/cursor.ts';
import type { SourceTools } from '#src/sources/source.ts';

/** The protocol's own limits for one file. */
const largestFile = 50 * 1024 * 1024;
export const mostEntries = 50_000;
/** As for all answers: beyond the floor a file may not grow more than a hundredfold. */
const ratioFloor = 1024 * 1024;
const highestRatio = 100;
const accept = 'application/xml, text/xml;q=0.9, text/plain;q=0.5, */*;q=0.1';

export interface FetchedFile {
  /** Null: nothing changed since `before`. */
  sitemap: Sitemap | null;
  validators: Validators | null;
  hash: string;
  notBefore: number | null;
}

/** `named`: an address the operator gave. Throws where there is no sitemap. */
export async function fetchFile(
  url: string,
  before: FileState | undefined,
  named: string,
  tools: SourceTools,
): Promise<FetchedFile> {
  const now = tools.clock.now();
  const response = await tools.http.request({
    url,
    headers: { accept, ...conditionalHeaders(before?.validators ?? null, now) },
    maxBytes: largestFile,
    redirects: 5,
    operatorUrl: new URL(url).host === new URL(named).host,
    signal: tools.signal,
  });
  const notBefore = retryAfter(response.headers, now);
  if (response.status === 304 && before) {
    return { sitemap: null, validators: before.validators, hash: before.hash, notBefore };
  }
  if (response.status !== 200) throw refusal(response, now, 'sitemap');
  const hash = createHash('sha256').update(response.body).digest('hex').slice(0, 32);
  const validators = validatorsOf(response.headers, now);
  if (before?.hash === hash) return { sitemap: null, validators, hash, notBefore };
  const sitemap = await parseSitemap(await unpack(response.body, url), mostEntries);
  if (!sitemap) {
    throw new UserError(`${url} does not hold a sitemap`, {
      next: 'Look in the site’s robots.txt for the address of its sitemap.',
    });
  }
  return { sitemap, validators, hash, notBefore };
}

/** A .gz file, and one that its server packed once more. */
async function unpack(body: Uint8Array, url: string): Promise<Uint8Array> {
  let bytes = body;
  for (let layer = 0; layer < 2 && bytes[0] === 0x1f && bytes[1] === 0x8b; layer++) {
    const most = Math.min(largestFile, Math.max(ratioFloor, bytes.length * highestRatio));
    try {
      bytes = await promisify(gunzip)(bytes, { maxOutputLength: most, finishFlush: constants.Z_SYNC_FLUSH });
    } catch (cause) {
      const isBomb = (cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
      throw new UserError(
        `${url} ${isBomb ? 'unpacks to more than a sitemap may hold' : 'is packed, and does not unpack'}`,
        {
          next: 'Tell whoever runs the site.',
          cause,
        },
      );
    }
  }
  return bytes;
}
