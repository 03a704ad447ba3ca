/** Record keys of the AT Protocol ("TID"): 13 characters that sort as the time in them. */
import { createHash } from 'node:crypto';

/** base32-sortable of the specification. */
const alphabet = '234567abcdefghijklmnopqrstuvwxyz';
const length = 13;

/** 53 bits of microseconds since the epoch, then 10 bits of the clock's own number. */
export function tid(micros: bigint, clockId: number): string {
  let rest = (micros << 10n) | BigInt(clockId);
  let text = '';
  for (let place = 0; place < length; place++) {
    text = alphabet[Number(rest & 31n)] + text;
    rest >>= 5n;
  }
  return text;
}

/**
 * The key of one post: the same for the same delivery, whoever asks and whenever, so that no try ever makes a second
 * record. Within the minute before `at` (milliseconds); where in it, and which clock, the delivery's own key says: two
 * deliveries of one moment meet once in sixty billion.
 */
export function tidOf(at: number, key: string): string {
  const hash = createHash('sha256').update(key).digest();
  const micros = BigInt(at) * 1000n - BigInt(hash.readUInt32BE(0) % 60_000_000);
  return tid(micros, hash.readUInt16BE(4) % 1024);
}

/** Milliseconds; null for a key that is no TID. */
export function timeOfTid(text: string): number | null {
  if (!/^[2-7a-j][2-7a-z]{12}$/.test(text)) return null;
  const value = [...text].reduce((sum, char) => (sum << 5n) | BigInt(alphabet.indexOf(char)), 0n);
  return Number((value >> 10n) / 1000n);
}
