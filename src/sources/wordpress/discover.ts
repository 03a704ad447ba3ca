import { plainTitle } from '#src/markup/plain-title.ts';
import { askJson } from '#src/sources/cms/json-answer.ts';
import type { Discovery, SiteLook, SourceTools } from '#src/sources/source.ts';
import { routeAddress } from '#src/sources/wordpress/address.ts';
import { apiCandidates } from '#src/sources/wordpress/find-api.ts';

/** A WordPress whose API shows a post to everybody. */
export async function discoverWordpress(site: SiteLook, tools: SourceTools): Promise<Discovery[]> {
  for (const base of apiCandidates(site.url, null, site.html)) {
    const url = routeAddress(base, 'wp/v2/posts', { per_page: '1', _fields: 'id,title' });
    // Ports beside the usual ones only where the operator's own address has one.
    const named = new URL(base).host === new URL(site.url).host;
    const answer = await askJson({ url, named }, tools).catch(() => null);
    const [post] = Array.isArray(answer?.json)
      ? (answer.json as { id?: unknown; title?: { rendered?: unknown } }[])
      : [];
    if (answer?.status !== 200 || typeof post?.id !== 'number' || typeof post.title?.rendered !== 'string') continue;
    const total = Number(answer.headers['x-wp-total'] ?? Number.NaN);
    const count = Number.isInteger(total) ? ` with ${total} ${total === 1 ? 'post' : 'posts'}` : '';
    const title = plainTitle(post.title.rendered);
    return [
      {
        settings: { url: siteOf(base, site.url) },
        found: `a WordPress${count}, whole texts and photos with captions; the newest: “${title ?? post.id}”`,
        guesses: {},
        needs: null,
      },
    ];
  }
  return [];
}

/** The folder the API lies in, where that is on the site's own host. */
function siteOf(base: string, site: string): string {
  const root = new URL(base);
  if (root.host !== new URL(site).host) return site;
  root.search = '';
  root.pathname = root.pathname.replace(/(?:index\.php\/)?wp-json\/?$/, '');
  return root.href;
}
