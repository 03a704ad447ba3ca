/** The page a newcomer's settings begin with, asked as any robot should. */
import { HttpFailure, UserError } from '#src/core/errors.ts';
import type { HttpResponse } from '#src/core/tools.ts';
import { decodeText, isBinary } from '#src/markup/charset.ts';
import { pageSigns } from '#src/markup/page-signs.ts';
import { pageTrouble } from '#src/markup/page-trouble.ts';
import { wallInstead } from '#src/sources/access-refused.ts';
import { refusal } from '#src/sources/answers.ts';
import type { SiteLook, SourceTools } from '#src/sources/source.ts';

export interface FrontPage extends SiteLook {
  contentType: string | null;
}

const largest = 5 * 1024 * 1024;
const mostHops = 5;
const accept = 'text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8';

/** Of the first address that answers. Throws `UserError` with what stands in the way. */
export async function fetchFrontPage(addresses: readonly string[], tools: SourceTools): Promise<FrontPage> {
  let failure: unknown = null;
  for (const address of addresses) {
    try {
      return await fetchPage(address, tools);
    } catch (error) {
      failure ??= error;
      // The same host is asked once more over http only where https cannot be had at all.
      if (!(error instanceof HttpFailure) || ['dns', 'blocked'].includes(error.kind)) break;
    }
  }
  throw failure instanceof HttpFailure ? explain(failure, addresses) : failure;
}

function explain({ message, kind }: HttpFailure, addresses: readonly string[]): UserError {
  const next =
    kind === 'blocked'
      ? 'Give the public address of the site. One on a network of your own is reached when its address itself is typed.'
      : 'Open the address in a browser: if it answers there, try again later or ask whoever runs the site.';
  return new UserError(`${message}. Tried: ${addresses.join(', ')}`, { next });
}

async function fetchPage(typed: string, tools: SourceTools): Promise<FrontPage> {
  const { hostname } = new URL(typed);
  let url = typed;
  for (let hop = 0; hop <= mostHops; hop++) {
    await heedRobots(url, tools);
    const answer = await tools.http.request({
      url,
      headers: { accept },
      maxBytes: largest,
      redirects: 0,
      operatorUrl: new URL(url).hostname === hostname,
      signal: tools.signal,
    });
    const next = redirectOf(answer, url);
    if (next === null) return read(answer, typed, tools);
    url = next;
  }
  throw new UserError(`${typed} sends on and on: ${mostHops} redirects were followed.`, {
    next: 'Give the address that a browser shows in the end.',
  });
}

async function heedRobots(url: string, { robots, http, signal }: SourceTools): Promise<void> {
  const verdict = await robots.verdict(url);
  if (verdict === 'allowed') return;
  const { origin, host } = new URL(url);
  if (verdict === 'forbidden') {
    throw new UserError(`robots.txt of ${host} asks robots to stay away from ${url}, and Loa obeys.`, {
      next: `If the site is yours, add to its robots.txt: "User-agent: Loa" and "Allow: /". Otherwise ask whoever runs it, for a feed as well.`,
    });
  }
  // Why it could not be read says more than that it could not.
  const { status } = await http.request({ url: `${origin}/robots.txt`, maxBytes: largest, operatorUrl: true, signal });
  throw new UserError(`${origin}/robots.txt answers ${status}: nobody can tell whether Loa may read the site.`, {
    next: 'Try again later, or ask whoever runs it.',
  });
}

function redirectOf({ status, headers }: HttpResponse, from: string): string | null {
  const location = headers['location'];
  if (![301, 302, 303, 307, 308].includes(status) || !location) return null;
  const to = URL.parse(location, from);
  if (!to || !/^https?:$/.test(to.protocol)) {
    throw new UserError(`${from} redirects to something that is not an address.`);
  }
  if (from.startsWith('https:') && to.protocol === 'http:') {
    throw new UserError(`${from} redirects from https to http, which is not followed.`, {
      next: `If that is how the site is, give the address itself: loa init ${to.href}`,
    });
  }
  to.hash = '';
  return to.href;
}

function read(answer: HttpResponse, asked: string, tools: SourceTools): FrontPage {
  const contentType = answer.headers['content-type'] ?? null;
  const html = isBinary(answer.body) ? null : decodeText(answer.body, contentType);
  const trouble = html !== null && pageTrouble({ ...answer, html, asked }, pageSigns(html));
  if (trouble && trouble.kind !== 'missing') throw wallInstead(answer.url, trouble.what);
  if (answer.status !== 200) throw refusal(answer, tools.clock.now(), 'page');
  if (html === null) {
    throw new UserError(`${answer.url} answers with the bytes of a file, not with a web page.`, {
      next: 'Give the address of the site’s front page, or of its feed.',
    });
  }
  return { url: answer.url, html, contentType };
}
