/** What is asked of a Ghost, and how (https://docs.ghost.org/content-api). */
import type { Cms, Listed, ListValidators } from '#src/sources/cms/cms.ts';
import { askJson, type JsonAnswer } from '#src/sources/cms/json-answer.ts';
import { allPages, askOrNames, type PostPage, partPosts } from '#src/sources/cms/pages.ts';
import { cmsRefusal } from '#src/sources/cms/refusal.ts';
import { postId, readGhostPost } from '#src/sources/ghost/post.ts';
import type { GhostSettings } from '#src/sources/ghost/settings.ts';
import type { SourceTools } from '#src/sources/source.ts';

type Query = Readonly<Record<string, string>>;

/** The most that Ghost 6 gives at once. */
const perPage = 100;
const atFirst = 50;
const onlyNames = 'id,title,url,published_at,updated_at,visibility';

export function ghostCms(settings: GhostSettings, tools: SourceTools): Cms {
  async function page(
    query: Query,
    number: number,
    validators: ListValidators | null = null,
  ): Promise<PostPage | null> {
    const full = { ...query, ...(number > 1 && { page: String(number) }) };
    const { asked, brief } = await askOrNames(
      () => askPosts({ ...full, include: 'authors,tags' }, settings, tools, validators),
      () => askPosts({ ...full, fields: onlyNames }, settings, tools, null),
      query['limit'] === '1',
    );
    const { answer, url } = asked;
    if (answer.status === 304) return null;
    const values = postsOf(answer, settings, tools);
    return {
      answer,
      url,
      ...partPosts(values.map((value) => readGhostPost(value, brief))),
      last: pagesOf(answer.json) ?? number + Number(values.length >= Number(query['limit'])),
    };
  }

  const list = (query: Query, validators: ListValidators | null = null, from = 1): Promise<Listed> =>
    allPages((number) => page(query, number, validators), from);

  return {
    async newest() {
      const first = await page({ order: 'published_at desc', limit: String(atFirst) }, 1);
      const listed = await allPages(async () => first && { ...first, last: 1 });
      return { ...listed, isAll: (first?.last ?? 1) <= 1 };
    },
    changedSince(at, validators, from) {
      // As the database keeps it: with a `T` it would compare as text on some, and be later than the whole day.
      const since = new Date(at).toISOString().slice(0, 19).replace('T', ' ');
      const query = { filter: `updated_at:>'${since}'`, order: 'updated_at asc', limit: String(perPage) };
      return list(query, validators, from);
    },
    async latest() {
      const query = { order: 'published_at desc', fields: 'id,published_at', limit: String(atFirst) };
      const { answer } = await askPosts(query, settings, tools, null);
      const values = postsOf(answer, settings, tools);
      const posts = values.flatMap((value) => {
        const { id, published_at } = (value ?? {}) as { id?: unknown; published_at?: unknown };
        const published = Date.parse(String(published_at));
        return typeof id === 'string' && postId.test(id) && !Number.isNaN(published) ? { id, published } : [];
      });
      return { posts, isAll: values.length < atFirst };
    },
    byIds: (ids) => list({ filter: `id:[${ids.join(',')}]`, limit: String(Math.min(ids.length, perPage)) }),
    async present(ids) {
      const query = { filter: `id:[${ids.join(',')}]`, fields: 'id', limit: String(perPage) };
      const { answer } = await askPosts(query, settings, tools, null);
      return new Set(postsOf(answer, settings, tools).map((value) => String((value as { id?: unknown } | null)?.id)));
    },
  };
}

export function apiAddress({ url, api }: Pick<GhostSettings, 'url' | 'api'>): URL {
  const base = (api ?? url).replace(/\/ghost\/api(?:\/.*)?$/, '');
  return new URL('ghost/api/content/posts/', base.endsWith('/') ? base : `${base}/`);
}

async function askPosts(query: Query, settings: GhostSettings, tools: SourceTools, validators: ListValidators | null) {
  const address = apiAddress(settings);
  for (const [name, value] of Object.entries({ key: settings.key, ...query })) address.searchParams.set(name, value);
  // An operator's key is not kept beside the list it opens.
  const shown = new URL(address);
  shown.searchParams.delete('key');
  const known = validators?.url === shown.href ? validators : null;
  const headers = { 'accept-version': 'v6.0' };
  const answer = await askJson({ url: address.href, headers, named: true, validators: known }, tools);
  return { answer, url: shown.href };
}

function postsOf(answer: JsonAnswer, settings: GhostSettings, tools: SourceTools): unknown[] {
  const { posts } = (answer.json ?? {}) as { posts?: unknown };
  if (answer.status === 200 && Array.isArray(posts)) return posts.slice(0, perPage);
  throw cmsRefusal(answer, `The Ghost of ${settings.url}`, tools.clock.now(), {
    refused:
      'Copy the Content API key from Ghost (Settings, Integrations, your custom integration); a private site gives it to nobody.',
    missing:
      'Check `url`; where Ghost itself has another address, give it as `api`: “API URL” beside the key in Ghost.',
  });
}

function pagesOf(json: unknown): number | null {
  const { meta } = (json ?? {}) as { meta?: { pagination?: { pages?: unknown } } };
  const pages = meta?.pagination?.pages;
  return typeof pages === 'number' ? pages : null;
}
