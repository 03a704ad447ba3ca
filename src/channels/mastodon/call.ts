/** One request to the server, and what its answer says. */
import type { ChannelTools } from '#src/channels/channel.ts';
import type { MastodonSettings } from '#src/channels/mastodon/settings.ts';
import { parseObject } from '#src/channels/parse-object.ts';
import { mask } from '#src/core/mask.ts';
import type { SendResult } from '#src/core/outcome.ts';
import { retryAfter } from '#src/core/retry-after.ts';
import { resultOfAnswer } from '#src/core/send-result.ts';
import type { HttpRequest } from '#src/core/tools.ts';

export interface Answer {
  status: number;
  headers: Readonly<Record<string, string>>;
  /** Null where the body is not a JSON object or list: a proxy's page, for one. */
  json: any;
  /** What the server says is wrong, without our token. */
  error: string;
}

type Ask = Pick<HttpRequest, 'method' | 'headers' | 'body' | 'timeoutMs' | 'patient'>;

/** Throws what `Http` throws. */
export async function call(
  path: string,
  ask: Ask,
  { baseUrl, accessToken }: MastodonSettings,
  tools: ChannelTools,
): Promise<Answer> {
  const response = await tools.http.request({
    timeoutMs: 30_000,
    ...ask,
    url: baseUrl + path,
    // In English, since some refusals are told apart by their words.
    headers: {
      ...ask.headers,
      authorization: `Bearer ${accessToken}`,
      accept: 'application/json',
      'accept-language': 'en',
    },
    maxBytes: 4 * 1024 * 1024,
    redirects: 0,
    operatorUrl: true,
    signal: tools.signal,
  });
  const json = parseObject(new TextDecoder().decode(response.body));
  const error = typeof json?.error === 'string' ? mask(json.error, [accessToken]).slice(0, 300) : '';
  return { status: response.status, headers: response.headers, json, error };
}

/** Of a post, an upload or an account. It becomes part of addresses and of what is kept. */
export const isId = (value: unknown): value is string =>
  typeof value === 'string' && /^[\x21-\x7e]{1,200}$/.test(value);

/** A JSON body with its type. */
export const jsonBody = (value: unknown) => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

/** A refusal or failure, judged: what went well the caller takes out first. */
export function resultOf(answer: Answer, now: number): Exclude<SendResult, { kind: 'sent' }> {
  const { status, headers, error } = answer;
  const detail = error && `: ${error}`;
  if (status === 401 || status === 403) {
    const next = 'make a new access token with the scopes profile, read:statuses, write:statuses and write:media';
    return {
      kind: 'permanent',
      scope: 'channel',
      reason: `the server refuses our token (${status}${detail}): ${next}`,
    };
  }
  if (status === 429) {
    const reason = `the server wants fewer requests (429${detail})`;
    return { kind: 'notSent', reason, retryAt: resetAt(headers, now) };
  }
  if (status === 422 && /have not finished processing/i.test(error)) {
    return { kind: 'notSent', reason: `the photos are still being processed (422${detail})`, retryAt: now + 5000 };
  }
  if ((status === 422 || status === 400) && /character limit|too long|exceed/i.test(error)) {
    const reason = `the post is too long for the server (${status}${detail}): start Loa again, so that its limits are read again, then retry`;
    return { kind: 'permanent', scope: 'item', reason };
  }
  const result = resultOfAnswer(answer, now, error);
  if (result.kind === 'sent') throw new Error('an answer alone never says what was sent');
  return result;
}

/** When the window of the rate headers ends, if nothing is left in it. */
export function restOf({ headers }: Answer, now: number): { restUntil?: number } {
  const isOver = headers['x-ratelimit-remaining']?.trim() === '0' && resetIn(headers) !== null;
  return isOver ? { restUntil: resetAt(headers, now) } : {};
}

/** By the rate headers, else by what something in between says; without either in a minute. At most a day from now. */
function resetAt(headers: Answer['headers'], now: number): number {
  const at = resetIn(headers) ?? retryAfter(headers, now) ?? now + 60_000;
  return Math.min(Math.max(at, now + 1000), now + 86_400_000);
}

/** Mastodon has a date in ISO 8601 there, GoToSocial seconds since the epoch. */
function resetIn(headers: Answer['headers']): number | null {
  const reset = headers['x-ratelimit-reset']?.trim() ?? '';
  const at = /^\d{9,11}$/.test(reset)
    ? Number(reset) * 1000
    : /^\d{4}-\d\d-\d\dT/.test(reset)
      ? Date.parse(reset)
      : Number.NaN;
  return Number.isNaN(at) ? null : at;
}
