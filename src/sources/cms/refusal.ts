import { PollRefused, UserError } from '#src/core/errors.ts';
import { retryAfter } from '#src/core/retry-after.ts';
import type { JsonAnswer } from '#src/sources/cms/json-answer.ts';

const patience = 10 * 60_000;

/** What a person reads of an answer that is not what was asked for. `place` holds no key: `WordPress at https://…`. */
export function cmsRefusal(answer: JsonAnswer, place: string, now: number, next: Refusals): Error {
  const { status } = answer;
  const told = `${status}${codeOf(answer.json)}`;
  if (status === 401 || status === 403) return new UserError(`${place} refuses Loa (${told})`, { next: next.refused });
  if (status === 404 || status === 410) return new UserError(`${place} is not there (${told})`, { next: next.missing });
  const retryAt = retryAfter(answer.headers, now);
  if (status === 429 || status === 503) {
    return new PollRefused(`${place} asks to come back later (${told})`, retryAt ?? now + patience);
  }
  if (status >= 500) return new PollRefused(`${place} has a fault (${told})`, retryAt);
  if (status !== 200)
    return new UserError(`${place} does not understand the request (${told})`, { next: next.missing });
  return new UserError(`${place} answers with ${answer.isPage ? 'a web page' : 'something else'} instead of JSON`, {
    next: 'Open the site yourself: maintenance, a check for robots or an error page may stand there.',
  });
}

/** What to do about the answers that a person can mend. */
export interface Refusals {
  refused: string;
  missing: string;
}

/** WordPress: `{ code }`; Ghost: `{ errors: [{ type }] }`. */
function codeOf(json: unknown): string {
  const { code, errors } = (json ?? {}) as { code?: unknown; errors?: unknown };
  const [first] = Array.isArray(errors) ? errors : [];
  const name = typeof code === 'string' ? code : (first as { type?: unknown } | undefined)?.type;
  // Whatever else stands there may hold the address that was asked, with its key.
  return typeof name === 'string' && /^[\w-]{1,60}$/.test(name) ? ` ${name}` : '';
}
