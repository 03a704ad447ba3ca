import { PollRefused, UserError } from '#src/core/errors.ts';
import { retryAfter } from '#src/core/retry-after.ts';
import type { HttpResponse } from '#src/core/tools.ts';
import { AccessRefused } from '#src/sources/access-refused.ts';

const patience = 10 * 60_000;
const day = 24 * 3_600_000;

/** An answer that is not what was asked for, as the error a person reads. `what`: `feed`, `page`. */
export function refusal(response: HttpResponse, now: number, what: string): Error {
  const { status, url } = response;
  const retryAt = retryAfter(response.headers, now);
  switch (status) {
    case 401:
      return new AccessRefused(`${url} wants a login (401)`, {
        next: `Give an address of the ${what} that is open to all, or mend its credentials.`,
      });
    case 403:
      return new AccessRefused(`${url} refuses Loa (403)`, {
        next: `Ask whoever runs the site to let it read the ${what}.`,
        retryAt,
        quietFor: day,
      });
    case 404:
      return new UserError(`There is no ${what} at ${url} (404)`, {
        next: `Look on the site for the ${what}'s address.`,
        retryAt,
        quietFor: day,
      });
    case 410:
      return new UserError(`The ${what} at ${url} was taken down for good (410)`, {
        next: 'It is asked once a day from now on. Remove it from the settings, or give its new address.',
        retryAt: now + day,
      });
    case 429:
    case 503:
      return new PollRefused(`${url} asks to come back later (${status})`, retryAt ?? now + patience);
    default:
      return status >= 500
        ? new PollRefused(`The server of ${url} has a fault (${status})`, retryAt)
        : new UserError(`${url} gives an answer that is no ${what} (${status})`);
  }
}
