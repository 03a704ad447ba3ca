/** One request to the account's provider, and what its answer says. */

import type { BlueskySettings } from '#src/channels/bluesky/settings.ts';
import type { ChannelTools } from '#src/channels/channel.ts';
import { parseObject } from '#src/channels/parse-object.ts';
import { mask } from '#src/core/mask.ts';
import type { SendResult } from '#src/core/outcome.ts';
import { retryAfter } from '#src/core/retry-after.ts';
import { resultOfAnswer } from '#src/core/send-result.ts';
import type { HttpRequest } from '#src/core/tools.ts';

export interface Answer {
  status: number;
  headers: Readonly<Record<string, string>>;
  /** Null where the body is not a JSON object: a proxy's page, for one. */
  json: any;
  /** The error's name, such as `ExpiredToken`; empty without one. */
  error: string;
  /** Name and message, without our secrets; empty without one. */
  said: string;
}

export interface Ask extends Pick<HttpRequest, 'body' | 'patient' | 'timeoutMs'> {
  /** Where the method is served; without a slash at the end. */
  host: string;
  /** The method's name, with its query. */
  nsid: string;
  /** A token of the session. */
  bearer?: string;
  /** GET when left out. */
  method?: 'POST';
  type?: string;
}

/** Throws what `Http` throws. */
export async function call(ask: Ask, { appPassword, service }: BlueskySettings, tools: ChannelTools): Promise<Answer> {
  const { host, nsid, bearer, method = 'GET', type, ...rest } = ask;
  const response = await tools.http.request({
    timeoutMs: 20_000,
    ...rest,
    method,
    url: `${host}/xrpc/${nsid}`,
    headers: {
      accept: 'application/json',
      ...(type && { 'content-type': type }),
      ...(bearer && { authorization: `Bearer ${bearer}` }),
    },
    maxBytes: 4 * 1024 * 1024,
    redirects: 0,
    // Elsewhere the answer to a log-in has named the port.
    operatorUrl: host === service,
    signal: tools.signal,
  });
  const json = parseObject(new TextDecoder().decode(response.body));
  const error = typeof json?.error === 'string' ? json.error : '';
  const message = typeof json?.message === 'string' ? json.message : '';
  const said = mask([error, message].filter(Boolean).join(': '), [appPassword, ...(bearer ? [bearer] : [])]);
  return { status: response.status, headers: response.headers, json, error, said: said.slice(0, 300) };
}

/** A JSON body, or one that is JSON already, with its type. */
export const jsonBody = (value: unknown) => ({
  method: 'POST' as const,
  type: 'application/json',
  body: typeof value === 'string' ? value : JSON.stringify(value),
});

const isRefusal = ({ status }: Answer) => status >= 400 && status < 500;

/** The access token's two hours are over. */
export const isExpired = (answer: Answer) => isRefusal(answer) && answer.error === 'ExpiredToken';

/** Taken down, suspended or deactivated. */
export const isAccountGone = (answer: Answer) =>
  isRefusal(answer) && /^(Account|Repo)(Takedown|Takendown|Suspended|Deactivated|NotFound)$/.test(answer.error);

/** The session is of no use any more: another may be. */
export const isSessionOver = (answer: Answer) =>
  isExpired(answer) ||
  (isRefusal(answer) && ['InvalidToken', 'AuthMissing', 'AuthenticationRequired'].includes(answer.error)) ||
  (answer.status === 401 && !isAccountGone(answer));

/** A refusal or failure, judged: what went well the caller takes out first. */
export function resultOf(answer: Answer, now: number): Exclude<SendResult, { kind: 'sent' }> {
  const { status, headers, said } = answer;
  const detail = `${status}${said && `: ${said}`}`;
  if (isAccountGone(answer)) {
    const reason = `Bluesky has closed the account or its owner has (${detail}): log in with the app to see why`;
    return { kind: 'permanent', scope: 'channel', reason };
  }
  // Renewed a moment ago: the next try begins with another one.
  if (isExpired(answer)) return { kind: 'notSent', reason: `the session ended (${detail})` };
  if (isSessionOver(answer)) {
    const reason = `Bluesky refuses our session (${detail}): make a new app password and put it into the settings`;
    return { kind: 'permanent', scope: 'channel', reason };
  }
  if (status === 429) {
    return { kind: 'notSent', reason: `Bluesky wants fewer requests (${detail})`, retryAt: freeAt(headers, now) };
  }
  const result = resultOfAnswer(answer, now, said);
  if (result.kind === 'sent') throw new Error('an answer alone never says what was sent');
  return result;
}

/** When the window of the rate headers ends, if too little is left in it for another post. */
export function restOf({ headers }: Answer, cost: number, now: number): { restUntil?: number } {
  const left = Number(headers['ratelimit-remaining'] ?? 'none');
  const reset = resetAt(headers, now);
  return left < cost && reset !== null ? { restUntil: reset } : {};
}

function freeAt(headers: Answer['headers'], now: number): number {
  return Math.max(retryAfter(headers, now) ?? resetAt(headers, now) ?? now + 60_000, now + 1000);
}

/** `RateLimit-Reset` is in seconds since the epoch. At most a day from now; null when it is not readable or over. */
function resetAt(headers: Answer['headers'], now: number): number | null {
  const at = Number(headers['ratelimit-reset'] ?? 'none') * 1000;
  return at > now ? Math.min(at, now + 86_400_000) : null;
}
