/** An original over the guarded client. */
import { HttpFailure } from '#src/core/errors.ts';
import type { Http, HttpResponse } from '#src/core/tools.ts';
import { isTemporary, PhotoRefusal, TemporaryPhotoFailure } from '#src/photos/failure.ts';
import { maxOriginalBytes, tooManyBytes } from '#src/photos/original-limits.ts';

export interface Validators {
  etag: string | null;
  lastModified: string | null;
}

export type FetchedOriginal = Validators & { bytes: Uint8Array };

const timeoutMs = 60_000;

// Servers that choose by Accept must not answer with something that is then refused.
const accept = 'image/jpeg, image/png, image/webp, image/avif, image/gif;q=0.8, image/*;q=0.1';

/** Fetches, or learns that nothing changed since `known`. Throws `PhotoRefusal` for good, anything else for a retry. */
export async function fetchOriginal(
  address: URL,
  known: Validators | null,
  http: Http,
): Promise<FetchedOriginal | 'unchanged'> {
  const headers = { accept, ...conditionsOf(known) };
  const answer = await http
    .request({ url: address.href, headers, maxBytes: maxOriginalBytes, timeoutMs })
    .catch((error: unknown) => {
      throw error instanceof HttpFailure && !isTemporary(error) ? new PhotoRefusal(sentenceOf(error)) : error;
    });
  if (answer.status === 304) return 'unchanged';
  if (answer.status !== 200) throw failureOf(answer);
  return {
    bytes: answer.body,
    etag: answer.headers['etag'] ?? null,
    lastModified: answer.headers['last-modified'] ?? null,
  };
}

function conditionsOf(known: Validators | null): Record<string, string> {
  if (known?.etag) return { 'if-none-match': known.etag };
  if (known?.lastModified) return { 'if-modified-since': known.lastModified };
  return {};
}

function sentenceOf(error: HttpFailure): string {
  return error.kind === 'too-large' ? tooManyBytes : `The picture could not be fetched: ${error.message}`;
}

function failureOf({ status }: HttpResponse): Error {
  if (status >= 500 || [408, 425, 429].includes(status)) {
    return new TemporaryPhotoFailure(`The picture's server answered ${status}`);
  }
  if (status === 404 || status === 410)
    return new PhotoRefusal(`There is no picture at its address (${status}); ask the desk`);
  if (status === 401 || status === 403)
    return new PhotoRefusal(`The picture's server refuses to give it out (${status})`);
  return new PhotoRefusal(`The picture's server answered ${status} instead of a picture`);
}
