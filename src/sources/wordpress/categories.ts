import { UserError } from '#src/core/errors.ts';
import { askJson } from '#src/sources/cms/json-answer.ts';
import type { SourceTools } from '#src/sources/source.ts';
import { authorization, routeAddress } from '#src/sources/wordpress/address.ts';
import { isSameHost } from '#src/sources/wordpress/find-api.ts';
import type { WordpressSettings } from '#src/sources/wordpress/settings.ts';

/** The parameter that narrows a list to the categories of the settings; nothing without any. Throws where one is unknown. */
export async function categoryFilter(
  base: string,
  settings: WordpressSettings,
  tools: SourceTools,
): Promise<Record<string, string>> {
  const { categories, url } = settings;
  if (categories.length === 0) return {};
  const query = { slug: categories.join(','), per_page: '100', _fields: 'id,slug' };
  const { json } = await askJson(
    {
      url: routeAddress(base, 'wp/v2/categories', query),
      headers: authorization(settings, base),
      named: isSameHost(base, url),
    },
    tools,
  );
  const found = (Array.isArray(json) ? json : []) as { id?: unknown; slug?: unknown }[];
  const ids = new Map(found.map(({ id, slug }) => [plain(String(slug)), id]));
  const missing = categories.filter((slug) => !ids.has(plain(slug)));
  if (missing.length > 0) {
    throw new UserError(`The WordPress of ${url} has no category ${missing.join(', ')}`, {
      next: 'Give them as they stand in the addresses of their pages: SITE/category/NAME/.',
    });
  }
  return { categories: categories.map((slug) => ids.get(plain(slug))).join(',') };
}

/** Slugs in other scripts stand there percent-encoded. */
function plain(slug: string): string {
  try {
    return decodeURIComponent(slug).normalize('NFC').toLowerCase();
  } catch {
    return slug.toLowerCase();
  }
}
