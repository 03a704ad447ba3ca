import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';

/** Beyond this many decoded bytes an answer may be at most 100 times what came over the wire. */
const ratioFloor = 1024 * 1024;
const highestRatio = 100;

export class BodyTooLarge extends Error {}
export class BodyBroken extends Error {}

export interface BodyReader {
  /** False: wait for `onDrain` before the next chunk. */
  write(chunk: Buffer): boolean;
  end(): void;
  destroy(): void;
}

export interface BodyEvents {
  onDrain(): void;
  onDone(body: Uint8Array): void;
  /** `BodyTooLarge` or `BodyBroken`. */
  onError(error: Error): void;
}

/** Decodes and counts as bytes arrive, so that a small bomb never becomes a large buffer. Throws `BodyBroken` for an unknown encoding. */
export function createBodyReader(encodings: string, maxBytes: number, events: BodyEvents): BodyReader {
  const names = encodings === '' ? [] : namesIn(encodings);
  if (names.length > 1) throw new BodyBroken(`it is packed ${names.length} times over (${names.join(', ')})`);
  const encoding = names[0] ?? 'identity';
  if (!(encoding in decoders) && encoding !== 'identity') throw new BodyBroken(`its encoding ${encoding} is unknown`);

  const chunks: Buffer[] = [];
  let decoded = 0;
  let wire = 0;
  let decoder: Transform | null = null;
  let over = false;

  function fail(error: Error): void {
    if (over) return;
    over = true;
    decoder?.destroy();
    events.onError(error);
  }

  function keep(chunk: Buffer): void {
    decoded += chunk.length;
    if (decoded > maxBytes) fail(new BodyTooLarge(`it is larger than ${formatBytes(maxBytes)}`));
    else if (decoded > ratioFloor && decoded > wire * highestRatio) {
      fail(new BodyTooLarge(`it unpacks to more than ${highestRatio} times its size`));
    } else chunks.push(chunk);
  }

  function startDecoder(first: Buffer): Transform {
    const made = decoders[encoding]!(first);
    made.on('data', keep);
    made.on('drain', events.onDrain);
    made.on('end', finish);
    made.on('error', (cause) => fail(new BodyBroken(`it does not unpack as ${encoding}: ${cause.message}`, { cause })));
    return made;
  }

  function finish(): void {
    if (over) return;
    over = true;
    events.onDone(Buffer.concat(chunks, decoded));
  }

  return {
    write(chunk) {
      if (over) return true;
      wire += chunk.length;
      if (encoding === 'identity') {
        keep(chunk);
        return true;
      }
      decoder ??= startDecoder(chunk);
      return decoder.write(chunk);
    },
    end() {
      // An answer without a body may still name an encoding.
      if (decoder) decoder.end();
      else finish();
    },
    destroy() {
      over = true;
      decoder?.destroy();
    },
  };
}

function namesIn(encodings: string): string[] {
  const names = encodings.split(',').map((name) => name.trim().toLowerCase());
  return names.filter((name) => name !== '' && name !== 'identity');
}

const decoders: Record<string, (first: Buffer) => Transform> = {
  br: () => createBrotliDecompress(),
  gzip: () => createGunzip(),
  'x-gzip': () => createGunzip(),
  // Some servers send the bare stream under this name; a zlib header has 8 in the low half of its first byte.
  deflate: (first) => ((first[0]! & 0x0f) === 8 ? createInflate() : createInflateRaw()),
};

function formatBytes(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${Math.round(bytes / 1024 / 1024)} MiB` : `${Math.round(bytes / 1024)} KiB`;
}
