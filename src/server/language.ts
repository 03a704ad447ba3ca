/** Which languages a visitor wants to read: chosen on the page, remembered from before, or set in the browser. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readCookie } from '#src/server/session-cookie.ts';

const cookie = 'loa-language';
const year = 365 * 86_400;

/** BCP 47, the most wanted first. A choice (`?lang=vi`) is kept in a cookie; the answer says what it depends on. */
export function languagesOf(request: FastifyRequest, reply: FastifyReply): string[] {
  reply.header('vary', 'Accept-Language, Cookie');
  const chosen = tag((request.query as Record<string, unknown> | undefined)?.['lang']);
  if (chosen) {
    reply.header('set-cookie', `${cookie}=${chosen}; Path=/; Max-Age=${year}; SameSite=Lax; HttpOnly`);
  }
  const kept = tag(readCookie(request, cookie));
  return [chosen, kept, ...acceptedLanguages(request.headers['accept-language'])].filter((one) => one !== null);
}

/** RFC 9110, 12.5.4: by weight, equals in their order; `q=0` is not wanted. */
export function acceptedLanguages(header: string | undefined): string[] {
  return (header ?? '')
    .split(',')
    .flatMap((part) => {
      const [range, ...parameters] = part.split(';').map((piece) => piece.trim());
      const weight = parameters.find((parameter) => /^q=/i.test(parameter))?.slice(2);
      const language = tag(range);
      return language ? [{ language, weight: weight === undefined ? 1 : Number(weight) || 0 }] : [];
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ language }) => language);
}

function tag(value: unknown): string | null {
  return typeof value === 'string' && /^[a-z]{2,3}(-[a-z0-9]{1,8})*$/i.test(value) ? value.toLowerCase() : null;
}
