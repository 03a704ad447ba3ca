import { randomInt } from 'node:crypto';

const letters = '0123456789abcdefghijklmnopqrstuvwxyz';

/** Ten characters of `[0-9a-z]`: short enough to type, too many (3.6e15) to meet twice in one newsroom. */
export function newId(): string {
  return Array.from({ length: 10 }, () => letters[randomInt(letters.length)]).join('');
}
