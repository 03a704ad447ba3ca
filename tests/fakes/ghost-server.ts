/** A Ghost on loopback, over real HTTP: its Content API, its pages, and the webhooks it would send. */
import { createHmac } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Served, serve } from '#src/net/serve.ts';

export interface GhostPost {
  id: string;
  title: string;
  html: string;
  slug: string;
  status: 'published' | 'draft' | 'scheduled' | 'sent';
  visibility: 'public' | 'members' | 'paid';
  published_at: string;
  updated_at: string;
  custom_excerpt: string | null;
  feature_image: string | null;
  feature_image_alt: string | null;
  feature_image_caption: string | null;
  authors: { id: string; name: string }[];
  tags: { id: string; name: string; visibility: string }[];
}

export interface GhostServer extends Served {
  posts: GhostPost[];
  requests: { path: string; query: URLSearchParams; headers: IncomingMessage['headers'] }[];
  key: string;
  /** Whole answers in place of the API's. */
  instead: { status: number; body: string | Buffer; headers?: Record<string, string> } | null;
  photo: Buffer;
  post(id: string, more?: Partial<GhostPost>): GhostPost;
  edit(id: string, more: Partial<GhostPost>): void;
  /** The address of the post's page. */
  address(post: Pick<GhostPost, 'slug'>): string;
}

export async function startGhost(now: () => number): Promise<GhostServer> {
  const at = () => new Date(now()).toISOString().replace('Z', '+00:00');
  const ghost = {
    posts: [] as GhostPost[],
    requests: [] as GhostServer['requests'],
    key: '22444f78447824223cefc48062',
    instead: null as GhostServer['instead'],
    photo: Buffer.from('no photo'),
    post(id: string, more: Partial<GhostPost> = {}): GhostPost {
      const made: GhostPost = {
        id,
        title: `Tin ${id}`,
        html: `<p>Đoạn văn của tin ${id}, đủ dài để là một bài.</p>`,
        slug: `tin-${id}`,
        status: 'published',
        visibility: 'public',
        published_at: at(),
        updated_at: at(),
        custom_excerpt: null,
        feature_image: null,
        feature_image_alt: null,
        feature_image_caption: null,
        authors: [],
        tags: [],
        ...more,
      };
      ghost.posts.push(made);
      return made;
    },
    edit(id: string, more: Partial<GhostPost>): void {
      const post = ghost.posts.find((each) => each.id === id);
      if (post) Object.assign(post, { updated_at: at(), ...more });
    },
  };
  const served = await serve((request, response) => answer(ghost as GhostServer, request, response));
  return Object.assign(ghost, served, { address: ({ slug }: Pick<GhostPost, 'slug'>) => `${served.url}/${slug}/` });
}

/** What Ghost would send of a post: `previous` holds only what changed. */
export function ghostWebhook(
  body: { post: { current: unknown; previous: unknown } },
  { secret, at }: { secret: string; at: number },
): { headers: Record<string, string>; body: Buffer } {
  const bytes = Buffer.from(JSON.stringify(body));
  const hex = createHmac('sha256', secret).update(bytes).update(String(at)).digest('hex');
  const headers = { 'content-type': 'application/json', 'x-ghost-signature': `sha256=${hex}, t=${at}` };
  return { headers, body: bytes };
}

/** A post as webhooks carry it: everything, whoever may read it. */
export function webhookPost(ghost: GhostServer, post: GhostPost): Record<string, unknown> {
  return toWire(post, ghost.url, true);
}

function answer(ghost: GhostServer, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
  const query = url.searchParams;
  ghost.requests.push({ path: url.pathname, query, headers: request.headers });
  const send = (status: number, body: unknown, headers: Record<string, string> = {}): void => {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
    response.end(JSON.stringify(body));
  };
  if (url.pathname.startsWith('/content/images/')) {
    response.writeHead(200, { 'content-type': 'image/jpeg' }).end(ghost.photo);
  } else if (url.pathname !== '/ghost/api/content/posts/') {
    const post = visible(ghost).find(({ slug }) => url.pathname === `/${slug}/`);
    response.writeHead(post ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' });
    response.end(post ? `<!doctype html><article><h1>${post.title}</h1>${post.html}</article>` : '<!doctype html>');
  } else if (ghost.instead) {
    response.writeHead(ghost.instead.status, ghost.instead.headers ?? {}).end(ghost.instead.body);
  } else if (query.get('key') !== ghost.key) {
    send(401, { errors: [{ message: 'Unknown Content API Key', type: 'UnauthorizedError' }] });
  } else if (!/^v\d+\.\d+$/.test(String(request.headers['accept-version']))) {
    send(406, { errors: [{ message: 'Accept-Version', type: 'RequestNotAcceptableError' }] });
  } else {
    const limit = Math.min(Number(query.get('limit') ?? 15), 100);
    const page = Number(query.get('page') ?? 1);
    const found = select(ghost, query);
    const pages = Math.max(1, Math.ceil(found.length / limit));
    const fields = query.get('fields')?.split(',');
    const posts = found.slice((page - 1) * limit, page * limit).map((post) => {
      const wire = toWire(post, ghost.url, false, query.get('include')?.split(',') ?? []);
      return fields ? Object.fromEntries(Object.entries(wire).filter(([name]) => fields.includes(name))) : wire;
    });
    const body = { posts, meta: { pagination: { page, limit, pages, total: found.length, next: null, prev: null } } };
    const etag = `W/"${createHmac('sha256', 'etag').update(JSON.stringify(body)).digest('hex').slice(0, 16)}"`;
    if (request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end();
    else send(200, body, { etag });
  }
}

const visible = (ghost: GhostServer) => ghost.posts.filter(({ status }) => status === 'published');

function select(ghost: GhostServer, query: URLSearchParams): GhostPost[] {
  const filter = query.get('filter') ?? '';
  const ids = /^id:\[([\w,-]+)\]$/.exec(filter)?.[1]?.split(',');
  // As SQLite compares it: as text.
  const after = /^updated_at:>'(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)'$/.exec(filter)?.[1];
  if (filter !== '' && !ids && !after) throw new Error(`filter ${filter}`);
  const [by = 'published_at', order = 'desc'] = (query.get('order') ?? '').split(' ').filter(Boolean);
  const sign = order === 'asc' ? 1 : -1;
  const key = by as 'published_at' | 'updated_at';
  return visible(ghost)
    .filter(({ id }) => !ids || ids.includes(id))
    .filter((post) => !after || stored(post.updated_at) > after)
    .sort((a, b) => sign * (Date.parse(a[key]) - Date.parse(b[key])) || (a.id < b.id ? -sign : sign));
}

const stored = (date: string) => new Date(date).toISOString().slice(0, 19).replace('T', ' ');

function toWire(
  post: GhostPost,
  site: string,
  isInside: boolean,
  include: readonly string[] = ['authors', 'tags'],
): Record<string, unknown> {
  const { slug, status, authors, tags, ...plain } = post;
  const access = isInside || post.visibility === 'public';
  return {
    ...plain,
    uuid: `uuid-${post.id}`,
    slug,
    ...(isInside ? { status } : { access }),
    html: access ? post.html : '',
    url: `${site}/${slug}/`,
    excerpt: post.custom_excerpt ?? post.html.replace(/<[^>]*>/g, '').slice(0, 500),
    ...(include.includes('authors') && { authors, primary_author: authors[0] ?? null }),
    ...(include.includes('tags') && {
      tags,
      primary_tag: tags.find(({ visibility }) => visibility === 'public') ?? null,
    }),
  };
}
