/** A WordPress on loopback, over real HTTP: its REST API with everything awkward about it, its feed and its pages. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Served, serve } from '#src/net/serve.ts';
import { rss } from '#tests/fakes/source-tools.ts';

export interface WpMedia {
  id: number;
  file: string;
  caption?: string;
  alt?: string;
  credit?: string;
  width?: number;
  height?: number;
}

export interface WpPost {
  id: number;
  title: string;
  content: string;
  excerpt?: string;
  slug: string;
  status: 'publish' | 'draft' | 'future' | 'trash';
  /** Milliseconds. */
  date: number;
  modified: number;
  author?: string;
  categories?: { id: number; name: string; slug: string }[];
  tags?: string[];
  media?: WpMedia;
  isProtected?: boolean;
  sticky?: boolean;
  lang?: string;
}

export interface WordpressServer extends Served {
  posts: WpPost[];
  /** Paths with queries, in order. */
  requests: { path: string; query: URLSearchParams; headers: IncomingMessage['headers'] }[];
  /** Status of every API answer, in place of it; null: open. */
  closed: number | null;
  /** What PHP prints before the JSON. */
  noise: string;
  /** Takes requests and never answers. */
  isSilent: boolean;
  /** Whole answers in place of the API's. */
  instead: { status: number; body: string | Buffer; headers?: Record<string, string> } | null;
  /** `?rest_route=` only. */
  isPlain: boolean;
  /** As WordPress before 5.7, which does not know `modified_after`. */
  isOld: boolean;
  /** Whether the front page tells where the API is. */
  tells: 'header' | 'link' | 'nothing';
  /** User and application password that are asked for. */
  login: string | null;
  /** What a photo's address answers. */
  photo: Buffer;
  post(id: number, more?: Partial<WpPost>): WpPost;
  edit(id: number, more: Partial<WpPost>): void;
}

/** The site's clock is seven hours ahead; `now` is for what it sets itself. */
export async function startWordpress(now: () => number): Promise<WordpressServer> {
  const wp = {
    posts: [] as WpPost[],
    requests: [] as WordpressServer['requests'],
    closed: null as number | null,
    noise: '',
    isSilent: false,
    instead: null as WordpressServer['instead'],
    isPlain: false,
    isOld: false,
    tells: 'header' as WordpressServer['tells'],
    login: null as string | null,
    photo: Buffer.from('no photo'),
    post(id: number, more: Partial<WpPost> = {}): WpPost {
      const made: WpPost = {
        id,
        title: `Tin ${id}`,
        content: `<p>Đoạn văn của tin ${id}, đủ dài để là một bài.</p>`,
        slug: `tin-${id}`,
        status: 'publish',
        date: now(),
        modified: now(),
        ...more,
      };
      wp.posts.push(made);
      return made;
    },
    edit(id: number, more: Partial<WpPost>): void {
      const post = wp.posts.find((each) => each.id === id);
      if (post) Object.assign(post, { modified: now(), ...more });
    },
  };
  const served = await serve((request, response) => answer(wp as WordpressServer, request, response));
  return Object.assign(wp, served);
}

function answer(wp: WordpressServer, request: IncomingMessage, response: ServerResponse) {
  const site = `http://${request.headers.host}`;
  const url = new URL(request.url ?? '/', site);
  const route = url.searchParams.get('rest_route') ?? (/^\/wp-json(\/.*)/.exec(url.pathname)?.[1] || null);
  wp.requests.push({ path: route ?? url.pathname, query: url.searchParams, headers: request.headers });
  const send = (status: number, type: string, body: string | Buffer, headers: Record<string, string> = {}): void => {
    response.writeHead(status, { 'content-type': type, ...headers }).end(body);
  };
  if (wp.isSilent) return;
  if (route !== null && !(wp.isPlain && url.pathname.startsWith('/wp-json'))) {
    if (wp.instead) return send(wp.instead.status, 'text/html', wp.instead.body, wp.instead.headers);
    const { status, body, headers } = api(wp, route, url.searchParams, request, site);
    return send(status, 'application/json; charset=UTF-8', `${wp.noise}${JSON.stringify(body)}`, headers);
  }
  const base = wp.isPlain ? `${site}/?rest_route=/` : `${site}/wp-json/`;
  if (url.pathname === '/') {
    const link = wp.tells === 'link' ? `<link rel="https://api.w.org/" href="${base}">` : '';
    const header: Record<string, string> =
      wp.tells === 'header' ? { link: `<${base}>; rel="https://api.w.org/", <${site}/?p=2>; rel=shortlink` } : {};
    return send(
      200,
      'text/html; charset=UTF-8',
      `<!doctype html><html><head>${link}</head><body></body></html>`,
      header,
    );
  }
  if (url.pathname === '/feed/') return send(200, 'application/rss+xml; charset=UTF-8', feed(wp, site));
  if (url.pathname.startsWith('/wp-content/uploads/')) return send(200, 'image/jpeg', wp.photo);
  const post = published(wp).find(({ slug }) => url.pathname === `/${slug}/`);
  if (post) {
    const html = `<!doctype html><html><body><article><h1>${post.title}</h1>${post.content || '<p>Thân bài do giao diện in ra, đủ dài.</p>'}</article></body></html>`;
    return send(200, 'text/html; charset=UTF-8', html);
  }
  return send(404, 'text/html', '<!doctype html><html><body>Không tìm thấy</body></html>');
}

interface ApiAnswer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

function api(
  wp: WordpressServer,
  route: string,
  query: URLSearchParams,
  request: IncomingMessage,
  site: string,
): ApiAnswer {
  const refuse = (status: number, code: string): ApiAnswer => ({
    status,
    body: { code, message: 'x', data: { status } },
  });
  const login = `Basic ${Buffer.from(wp.login ?? '').toString('base64')}`;
  if (wp.login !== null && request.headers.authorization !== login) {
    return refuse(401, request.headers.authorization ? 'incorrect_password' : 'rest_not_logged_in');
  }
  if (wp.closed !== null) return refuse(wp.closed, wp.closed === 404 ? 'rest_no_route' : 'rest_forbidden');
  if (route === '/wp/v2/categories') {
    const wanted = (query.get('slug') ?? '').split(',');
    const all = wp.posts.flatMap(({ categories = [] }) => categories).filter(({ slug }) => wanted.includes(slug));
    return { status: 200, body: [...new Map(all.map((each) => [each.id, each])).values()] };
  }
  if (route !== '/wp/v2/posts') return refuse(404, 'rest_no_route');
  const perPage = Number(query.get('per_page') ?? 10);
  if (perPage < 1 || perPage > 100) return refuse(400, 'rest_invalid_param');
  const found = select(wp, query);
  const page = Number(query.get('page') ?? 1);
  const pages = Math.ceil(found.length / perPage);
  if (page > 1 && page > pages) return refuse(400, 'rest_post_invalid_page_number');
  const body = found.slice((page - 1) * perPage, page * perPage).map((post) => toWire(post, query, site));
  return { status: 200, body, headers: { 'x-wp-total': String(found.length), 'x-wp-totalpages': String(pages) } };
}

const published = (wp: WordpressServer) => wp.posts.filter(({ status }) => status === 'publish');

function select(wp: WordpressServer, query: URLSearchParams): WpPost[] {
  const include = query.get('include')?.split(',').map(Number);
  const categories = query.get('categories')?.split(',').map(Number);
  const after = query.get('modified_after');
  if (after !== null && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)$/.test(after)) throw new Error(after);
  const by = query.get('orderby') === 'modified' ? 'modified' : 'date';
  const sign = query.get('order') === 'asc' ? 1 : -1;
  return (
    published(wp)
      .filter(({ id }) => !include || include.includes(id))
      .filter((post) => !categories || post.categories?.some(({ id }) => categories.includes(id)))
      // Exclusive, in whole seconds.
      .filter(({ modified }) => wp.isOld || after === null || seconds(modified) > seconds(Date.parse(after)))
      .sort((a, b) => sign * (a[by] - b[by]) || sign * (a.id - b.id))
  );
}

const seconds = (at: number) => Math.floor(at / 1000);
const gmt = (at: number) => new Date(at).toISOString().slice(0, 19);
const local = (at: number) => gmt(at + 7 * 3_600_000);

function toWire(post: WpPost, query: URLSearchParams, site: string): Record<string, unknown> {
  const { isProtected = false } = post;
  const wire: Record<string, unknown> = {
    id: post.id,
    date: local(post.date),
    date_gmt: gmt(post.date),
    modified: local(post.modified),
    modified_gmt: gmt(post.modified),
    guid: { rendered: `${site}/?p=${post.id}` },
    slug: post.slug,
    status: post.status,
    link: `${site}/${post.slug}/`,
    title: { rendered: post.title },
    content: { rendered: isProtected ? '' : post.content, protected: isProtected },
    excerpt: { rendered: post.excerpt ?? `<p>${post.content.replace(/<[^>]*>/g, '').slice(0, 30)} [&hellip;]</p>\n` },
    featured_media: post.media?.id ?? 0,
    sticky: post.sticky ?? false,
    ...(post.lang && { lang: post.lang }),
    ...(query.has('_embed') && { _embedded: embedded(post, site) }),
  };
  const fields = query
    .get('_fields')
    ?.split(',')
    .map((name) => name.split('.')[0]);
  return fields ? Object.fromEntries(Object.entries(wire).filter(([name]) => fields.includes(name))) : wire;
}

function embedded({ author, media, categories = [], tags = [] }: WpPost, site: string): Record<string, unknown> {
  const category = categories.map(({ id, name, slug }) => ({ id, name, slug, taxonomy: 'category' }));
  const tag = tags.map((name, id) => ({ id, name, slug: name, taxonomy: 'post_tag' }));
  return {
    author: [author ? { id: 1, name: author } : { code: 'rest_user_invalid_id', message: 'x', data: { status: 404 } }],
    'wp:term': [category, tag],
    ...(media && {
      'wp:featuredmedia': [
        {
          id: media.id,
          source_url: `${site}/wp-content/uploads/${media.file}`,
          mime_type: 'image/jpeg',
          alt_text: media.alt ?? '',
          caption: { rendered: media.caption ? `<p>${media.caption}</p>\n` : '' },
          media_details: {
            width: media.width ?? 1600,
            height: media.height ?? 1200,
            image_meta: { credit: media.credit ?? '' },
            sizes: { medium: { source_url: `${site}/wp-content/uploads/small.jpg`, width: 300, height: 200 } },
          },
        },
      ],
    }),
  };
}

function feed(wp: WordpressServer, site: string): string {
  const items = published(wp).sort((a, b) => b.date - a.date);
  return rss(
    items.map((post) => ({
      id: `${site}/?p=${post.id}`,
      url: `${site}/${post.slug}/`,
      title: post.title,
      content: post.content,
    })),
  );
}
