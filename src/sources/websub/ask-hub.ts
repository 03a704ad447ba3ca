/** One request to a hub: tell us of this topic, or no longer (WebSub §5.1). */
import { retryAfter } from '#src/core/retry-after.ts';
import type { Http } from '#src/core/tools.ts';

export interface HubRequest {
  mode: 'subscribe' | 'unsubscribe';
  hub: string;
  topic: string;
  callback: string;
  leaseSeconds: number;
  /** Whether this host may be asked at an unusual port. */
  mayNamePort(host: string): boolean;
  /** What the hub is to sign with. It is asked for only where nobody can read along, and must be kept before it is sent. */
  secret(isPrivate: boolean): Promise<string | null>;
  signal: AbortSignal;
  now: number;
}

/** The hub said no, or nothing that can be understood. */
export class HubRefused extends Error {
  override readonly name = 'HubRefused';
  /** Milliseconds; null where it does not say. */
  readonly retryAt: number | null;

  constructor(message: string, retryAt: number | null = null) {
    super(message);
    this.retryAt = retryAt;
  }
}

const mostRedirects = 3;

/** Resolves when the hub has taken the request, which it still has to verify. Throws `HubRefused` or `HttpFailure`. */
export async function askHub(asked: HubRequest, http: Http): Promise<void> {
  let url = new URL(asked.hub);
  for (let followed = 0; ; followed++) {
    const body = await formOf(asked, url);
    const response = await http.request({
      url: url.href,
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body,
      maxBytes: 64 * 1024,
      redirects: 0,
      operatorUrl: asked.mayNamePort(url.hostname),
      signal: asked.signal,
    });
    if (response.status >= 200 && response.status < 300) return;
    const next = response.status === 307 || response.status === 308 ? response.headers['location'] : undefined;
    if (next === undefined) {
      const words = shown(new TextDecoder().decode(response.body), body);
      throw new HubRefused(
        `the hub answered ${response.status}${words && `: ${words}`}`,
        retryAfter(response.headers, asked.now),
      );
    }
    if (followed === mostRedirects)
      throw new HubRefused(`the hub sends on and on, the last time to ${shown(next, body)}`);
    url = nextHub(url, next);
  }
}

/** What a hub says may hold what it was asked, and with it what lets others speak for it. */
function shown(words: string, form: string): string {
  const asked = new URLSearchParams(form);
  const secrets = [asked.get('hub.callback')?.split('/').at(-1), asked.get('hub.secret')];
  const safe = secrets.reduce<string>((text, secret) => (secret ? text.replaceAll(secret, '…') : text), words);
  return safe.replace(/\s+/g, ' ').trim().slice(0, 200);
}

async function formOf({ mode, topic, callback, leaseSeconds, secret }: HubRequest, url: URL): Promise<string> {
  const form = new URLSearchParams({ 'hub.mode': mode, 'hub.topic': topic, 'hub.callback': callback });
  if (mode === 'unsubscribe') return `${form}`;
  form.set('hub.lease_seconds', `${leaseSeconds}`);
  const shared = await secret(url.protocol === 'https:');
  if (shared !== null) form.set('hub.secret', shared);
  return `${form}`;
}

function nextHub(from: URL, location: string): URL {
  const url = URL.parse(location, from);
  if (!url || !/^https?:$/.test(url.protocol))
    throw new HubRefused('the hub sends on to something that is not an address');
  if (from.protocol === 'https:' && url.protocol === 'http:')
    throw new HubRefused('the hub sends on from https to http, which is not followed');
  return url;
}
