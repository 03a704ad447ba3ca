import { generatorOf, type PageTag, pageTags } from '#src/markup/page-tags.ts';
import { plainTitle } from '#src/markup/plain-title.ts';
import { askJson, type JsonAnswer } from '#src/sources/cms/json-answer.ts';
import { apiAddress } from '#src/sources/ghost/posts.ts';
import type { Discovery, SiteLook, SourceTools } from '#src/sources/source.ts';

/** A Ghost, by what its pages say; with the key that its themes hand to every reader's browser. */
export async function discoverGhost(site: SiteLook, tools: SourceTools): Promise<Discovery[]> {
  const tags = pageTags(site.html);
  const handed = handedOut(tags);
  const isGhost = /^ghost\b/i.test(generatorOf(tags) ?? '') || handed !== null;
  if (!isGhost) return [];
  const url = handed?.site && hostOf(handed.site) === hostOf(site.url) ? handed.site : site.url;
  const api = handed && hostOf(handed.api) !== hostOf(url) ? handed.api : undefined;
  const places = api === undefined ? { url } : { url, api };
  const answer = handed && (await askNewest(places, handed.key, site, tools));
  const { posts, meta } = (answer?.json ?? {}) as Found;
  if (handed === null || answer?.status !== 200 || !Array.isArray(posts)) {
    return [
      {
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the settings file fills it in.
        settings: { ...places, key: '${env:GHOST_CONTENT_KEY}' },
        found: 'a Ghost, whose API gives whole texts and photos with captions',
        guesses: {},
        needs: 'a Content API key: in Ghost, Settings, Integrations, Add custom integration',
      },
    ];
  }
  const total = meta?.pagination?.total;
  const count = typeof total === 'number' ? ` with ${total} ${total === 1 ? 'post' : 'posts'}` : '';
  const title = plainTitle(String((posts[0] as { title?: unknown } | undefined)?.title ?? ''));
  return [
    {
      settings: { ...places, key: handed.key },
      found: `a Ghost${count}, whole texts and photos with captions${title ? `; the newest: “${title}”` : ''}`,
      guesses: { key: 'The key that the site hands to every reader’s browser for its search; one of your own lasts.' },
      needs: null,
    },
  ];
}

interface Found {
  posts?: unknown;
  meta?: { pagination?: { total?: unknown } };
}

async function askNewest(
  places: { url: string; api?: string },
  key: string,
  site: SiteLook,
  tools: SourceTools,
): Promise<JsonAnswer | null> {
  const address = apiAddress({ url: places.url, api: places.api });
  for (const [name, value] of Object.entries({ key, limit: '1', fields: 'id,title' })) {
    address.searchParams.set(name, value);
  }
  const named = address.host === hostOf(site.url);
  const headers = { 'accept-version': 'v6.0' };
  return askJson({ url: address.href, headers, named }, tools).catch(() => null);
}

/** Of the scripts for members (`data-api`) and for the search (`data-sodo-search`). */
function handedOut(tags: readonly PageTag[]): { key: string; api: string; site: string | null } | null {
  for (const { name, attributes } of tags) {
    const { 'data-key': key, 'data-api': api, 'data-sodo-search': search, 'data-ghost': home } = attributes;
    const place = api?.replace(/ghost\/api\/.*$/, '') ?? search ?? home;
    if (name !== 'script' || !key || !/^[\w-]{8,}$/.test(key) || !place || !URL.canParse(place)) continue;
    return { key, api: place, site: home && URL.canParse(home) ? home : null };
  }
  return null;
}

const hostOf = (address: string): string | undefined => URL.parse(address)?.host;
