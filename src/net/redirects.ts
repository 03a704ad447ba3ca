import { HttpFailure } from '#src/core/errors.ts';
import type { HttpRequest } from '#src/core/tools.ts';
import type { Answer } from '#src/net/exchange.ts';

export interface Hop {
  url: URL;
  method: NonNullable<HttpRequest['method']>;
  headers: Record<string, string>;
  body: string | Uint8Array | null;
}

/** The address as it will be asked, or an `HttpFailure`: http and https only, without a user name in it. */
export function checkUrl(text: string, sent = false): URL {
  if (!URL.canParse(text))
    throw blocked(`"${text.slice(0, 80)}" is not an address; write it as https://HOST/PATH`, sent);
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw blocked(`An address beginning with ${url.protocol} is not asked; only http: and https: are`, sent);
  }
  if (url.username || url.password) {
    throw blocked(
      `The address of ${url.hostname} holds a user name or password; give credentials in the settings made for them`,
      sent,
    );
  }
  url.hash = '';
  return url;
}

/** 80 for http, 443 for https, or either one for the other: all that is asked without a setting naming the port. */
export function usesUsualPort(url: URL): boolean {
  return url.port === '' || url.port === '80' || url.port === '443';
}

/** The request a redirect asks for; null when the answer is none. Throws `HttpFailure` where it must not be followed. */
export function nextHop(answer: Answer, hop: Hop): Hop | null {
  const location = answer.headers['location'];
  if (!redirectStatuses.has(answer.status) || !location) return null;
  const host = hop.url.hostname;
  if (!URL.canParse(location, hop.url)) {
    throw new HttpFailure('redirect', `${host} redirects to something that is not an address`, { sent: true });
  }
  const url = checkUrl(new URL(location, hop.url).href, true);
  if (hop.url.protocol === 'https:' && url.protocol === 'http:') {
    throw new HttpFailure('redirect', `${host} redirects from https to http, which is not followed`, { sent: true });
  }
  const becomesGet = answer.status === 303 ? hop.method !== 'HEAD' : hop.method === 'POST' && answer.status < 303;
  const headers = url.origin === hop.url.origin ? hop.headers : pick(hop.headers, harmless);
  if (!becomesGet) return { ...hop, url, headers };
  return { url, method: 'GET', headers: pick(headers, (name) => !name.startsWith('content-')), body: null };
}

const redirectStatuses = new Set([301, 302, 303, 307, 308]);

// Another origin learns nothing that was meant for the first: Authorization and Cookie, and keys under any other name.
const harmlessNames = new Set(['accept', 'accept-encoding', 'accept-language', 'content-type', 'user-agent']);
const harmless = (name: string): boolean => harmlessNames.has(name);

function pick(headers: Record<string, string>, keep: (name: string) => boolean): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => keep(name)));
}

function blocked(message: string, sent: boolean): HttpFailure {
  return new HttpFailure('blocked', message, { sent });
}
