/** Tokens of programs: `Authorization: Bearer …`. */
import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';

/** Null without any authorization; what is no bearer token counts as an empty one. */
export function bearerToken({ headers }: FastifyRequest): string | null {
  if (headers.authorization === undefined) return null;
  return /^Bearer (\S+)$/i.exec(headers.authorization)?.[1] ?? '';
}

/** In constant time, so that it cannot be guessed letter by letter. */
export function isSameSecret(given: string, secret: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(secret)];
  return a.length === b.length && b.length > 0 && timingSafeEqual(a, b);
}
