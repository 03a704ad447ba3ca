/** Where a site's WordPress answers programs. */
import { messageOf } from '#src/core/errors.ts';
import { decodeText } from '#src/markup/charset.ts';
import { absoluteUrl } from '#src/markup/html-text.ts';
import { pageTags } from '#src/markup/page-tags.ts';
import { askJson } from '#src/sources/cms/json-answer.ts';
import type { SourceTools } from '#src/sources/source.ts';
import { authorization, routeAddress } from '#src/sources/wordpress/address.ts';
import type { WordpressSettings } from '#src/sources/wordpress/settings.ts';

/** A site whose API tells its posts to nobody, or not to us. */
export class ApiClosed extends Error {
  override readonly name = 'ApiClosed';
  /** A status, or a few words. */
  readonly reason: string;

  constructor(url: string, reason: string) {
    super(`the API of ${url} is closed (${reason})`);
    this.reason = reason;
  }
}

const rel = 'https://api.w.org/';
const largestFront = 3 * 1024 * 1024;

/** The first address that lists posts; throws `ApiClosed` where none does, and what went wrong where nobody can tell. */
export async function findApi(settings: WordpressSettings, tools: SourceTools): Promise<string> {
  const front = await frontPage(settings, tools);
  const reasons: string[] = [];
  for (const base of apiCandidates(front.url, front.link, front.html)) {
    const answer = await askJson(
      {
        url: routeAddress(base, 'wp/v2/posts', { per_page: '1', _fields: 'id' }),
        headers: authorization(settings, base),
        named: isSameHost(base, settings.url),
      },
      tools,
    );
    if (answer.status === 200 && Array.isArray(answer.json)) return base;
    // It is there, and will answer another time.
    if (answer.status === 429 || answer.status >= 500) return base;
    reasons.push(answer.status === 200 ? 'no JSON' : String(answer.status));
  }
  throw new ApiClosed(settings.url, reasons[0] ?? 'not found');
}

/** Where the API may be, the likeliest first: as the site says in its header or page, else where it usually is. */
export function apiCandidates(site: string, link: string | null, html: string): string[] {
  const root = new URL('./', site);
  const said = [linkHeader(link), ...linkTags(html)].map((href) => absoluteUrl(href, site));
  const usual = [new URL('wp-json/', root).href, new URL('?rest_route=/', root).href];
  return [...new Set([...said, ...usual].filter((address) => address !== null))].slice(0, 4);
}

function linkHeader(link: string | null): string | null {
  const parts = (link ?? '').matchAll(/<([^<>]*)>([^,<]*)/g);
  return [...parts].find(([, , rest]) => rest?.includes(rel))?.[1] ?? null;
}

function linkTags(html: string): string[] {
  return pageTags(html).flatMap(({ name, attributes }) =>
    name === 'link' && attributes['rel'] === rel && attributes['href'] ? [attributes['href']] : [],
  );
}

async function frontPage({ url }: WordpressSettings, tools: SourceTools) {
  const { http, signal } = tools;
  try {
    const answer = await http.request({
      url,
      headers: { accept: 'text/html, */*;q=0.1' },
      maxBytes: largestFront,
      redirects: 5,
      operatorUrl: true,
      signal,
    });
    const html = decodeText(answer.body, answer.headers['content-type'] ?? null);
    return { url: answer.url, link: answer.headers['link'] ?? null, html };
  } catch (error) {
    // A front page that is too large, slow or walled off says nothing of the API.
    tools.log.debug(`The front page of ${url} was not read: ${messageOf(error)}`);
    return { url, link: null, html: '' };
  }
}

export function isSameHost(address: string, other: string): boolean {
  return URL.parse(address)?.host === URL.parse(other)?.host;
}
