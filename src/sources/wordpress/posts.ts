/** What is asked of a WordPress, and how. */
import type { Cms, Listed, ListValidators } from '#src/sources/cms/cms.ts';
import { askJson, type JsonAnswer } from '#src/sources/cms/json-answer.ts';
import { allPages, askOrNames, type PostPage, partPosts } from '#src/sources/cms/pages.ts';
import { cmsRefusal } from '#src/sources/cms/refusal.ts';
import type { SourceTools } from '#src/sources/source.ts';
import { authorization, routeAddress } from '#src/sources/wordpress/address.ts';
import { ApiClosed, isSameHost } from '#src/sources/wordpress/find-api.ts';
import { readWirePost } from '#src/sources/wordpress/post.ts';
import type { WordpressSettings } from '#src/sources/wordpress/settings.ts';

type Query = Readonly<Record<string, string>>;

/** The most that a page holds. */
const perPage = 100;
const atFirst = 50;
const day = 86_400_000;
const embedded = 'wp:featuredmedia,author,wp:term';
const onlyNames = 'id,date,date_gmt,modified,modified_gmt,link,status,title';

/** `base`: the API's address; `filter`: what every list of this source is narrowed to. */
export function wordpressCms(base: string, filter: Query, settings: WordpressSettings, tools: SourceTools): Cms {
  const ask = async (query: Query, validators: ListValidators | null = null) => {
    const url = routeAddress(base, 'wp/v2/posts', query);
    const known = validators?.url === url ? validators : null;
    const headers = authorization(settings, base);
    const named = isSameHost(base, settings.url);
    return { url, answer: await askJson({ url, headers, named, validators: known }, tools) };
  };

  async function page(
    query: Query,
    number: number,
    validators: ListValidators | null = null,
  ): Promise<PostPage | null> {
    const full = { ...query, ...(number > 1 && { page: String(number) }) };
    const { asked, brief } = await askOrNames(
      () => ask({ ...full, _embed: embedded }, validators),
      () => ask({ ...full, _fields: onlyNames }),
      query['per_page'] === '1',
    );
    const { answer, url } = asked;
    if (answer.status === 304) return null;
    if (answer.status === 400 && number > 1) return null;
    const values = postsOf(answer, settings, tools);
    const last = Number(answer.headers['x-wp-totalpages'] ?? Number.NaN);
    return {
      answer,
      url,
      ...partPosts(values.map((value) => readWirePost(value, brief))),
      last: Number.isNaN(last) ? number + Number(values.length >= Number(query['per_page'])) : last,
    };
  }

  const list = (query: Query, validators: ListValidators | null = null): Promise<Listed> =>
    allPages((number) => page(query, number, validators));

  return {
    async newest() {
      const first = await page({ ...filter, orderby: 'date', order: 'desc', per_page: String(atFirst) }, 1);
      const listed = await allPages(async () => first && { ...first, last: 1 });
      return { ...listed, isAll: (first?.last ?? 1) <= 1 };
    },
    // Since WordPress 5.7, compared by the site's own clock, and exclusive (https://core.trac.wordpress.org/changeset/50024).
    async changedSince(at, validators, from = 1) {
      const common = { ...filter, orderby: 'modified', per_page: String(perPage) };
      const after = new Date(at).toISOString().replace(/\.\d+Z$/, '+00:00');
      const query = { ...common, order: 'asc', modified_after: after };
      const first = await page(query, from, validators);
      const oldest = Math.min(...(first?.posts ?? []).map(({ modified }) => modified || at));
      if (oldest > at - day) return allPages(async (number) => (number === from ? first : page(query, number)), from);
      // An older WordPress does not look at the time.
      const newest = await page({ ...common, order: 'desc' }, 1);
      const posts = (newest?.posts ?? []).filter(({ modified }) => modified > at).reverse();
      return allPages(async () => newest && { ...newest, posts, last: 1 });
    },
    async latest() {
      const query = { ...filter, orderby: 'date', order: 'desc', per_page: String(atFirst) };
      const { answer } = await ask({ ...query, _fields: 'id,date_gmt' });
      const values = postsOf(answer, settings, tools);
      const posts = values.flatMap((value) => {
        const { id, date_gmt } = (value ?? {}) as { id?: unknown; date_gmt?: unknown };
        const published = typeof date_gmt === 'string' ? Date.parse(`${date_gmt}Z`) : Number.NaN;
        return typeof id === 'number' && !Number.isNaN(published) ? { id: String(id), published } : [];
      });
      return { posts, isAll: values.length < atFirst };
    },
    byIds: (ids) => list({ include: ids.join(','), per_page: String(Math.min(ids.length, perPage)) }),
    async present(ids) {
      const query = { include: ids.join(','), per_page: String(perPage), _fields: 'id,status,content.protected' };
      const { answer } = await ask(query);
      return new Set(postsOf(answer, settings, tools).flatMap((value) => (isPublic(value) ? String(value.id) : [])));
    },
  };
}

/** What is not understood of it does not take it back. */
function isPublic(value: unknown): value is { id: number } {
  const { id, status, content } = (value ?? {}) as {
    id?: unknown;
    status?: unknown;
    content?: { protected?: unknown };
  };
  return typeof id === 'number' && (status ?? 'publish') === 'publish' && content?.protected !== true;
}

function postsOf(answer: JsonAnswer, settings: WordpressSettings, tools: SourceTools): unknown[] {
  if (answer.status === 200 && Array.isArray(answer.json)) return answer.json.slice(0, perPage);
  const isClosed = answer.status === 401 || answer.status === 403 || answer.status === 404;
  if (isClosed && settings.password === undefined) throw new ApiClosed(settings.url, String(answer.status));
  throw cmsRefusal(answer, `The WordPress of ${settings.url}`, tools.clock.now(), {
    refused:
      'Make a new application password in WordPress (Users, Profile, Application Passwords) and put it into the settings.',
    missing: 'Open SITE/wp-json/ yourself: a plugin may have closed it. The feed of the site can be used instead.',
  });
}
