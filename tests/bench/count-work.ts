/** Counts how often long texts are parsed and long bodies hashed, whoever does it. */
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { Parser } from 'htmlparser2';

/** Longer than anything but a whole document. */
const long = 4000;
const counts = { parses: 0, hashes: 0 };
let watching = false;

export interface Work {
  parses(): number;
  hashes(): number;
  reset(): void;
}

/** From zero. */
export function countWork(): Work {
  if (!watching) watch();
  watching = true;
  const reset = (): void => {
    counts.parses = 0;
    counts.hashes = 0;
  };
  reset();
  return { parses: () => counts.parses, hashes: () => counts.hashes, reset };
}

function watch(): void {
  const { write } = Parser.prototype;
  Parser.prototype.write = function (chunk: string) {
    if (chunk.length > long) counts.parses += 1;
    write.call(this, chunk);
  };
  const { createHash } = crypto;
  crypto.createHash = ((...made: Parameters<typeof createHash>) => {
    const hash = createHash(...made);
    const update = hash.update.bind(hash) as (data: Uint8Array | string) => crypto.Hash;
    hash.update = ((data: Uint8Array | string) => {
      if (typeof data !== 'string' && data.length > long) counts.hashes += 1;
      return update(data);
    }) as typeof hash.update;
    return hash;
  }) as typeof createHash;
  syncBuiltinESMExports();
}
