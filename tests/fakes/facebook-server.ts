/** The Graph API for one Page: no keys, a list that may leave posts out, and refusals by code. */
import { createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type Served, serve } from '#src/net/serve.ts';
import { answerBadly, isTaken, type Mood, type PlainAnswer } from '#tests/fakes/moods.ts';

export interface FakePagePost {
  id: string;
  message: string;
  /** Of the card; null without. */
  link: string | null;
  photos: FakePagePhoto[];
  comments: { id: string; message: string }[];
  /** Of the Page, or of a visitor. */
  from: string;
  at: number;
  /** The list of posts leaves it out. */
  isOmitted: boolean;
}

export interface FakePagePhoto {
  id: string;
  caption: string | null;
  alt: string | null;
  bytes: number;
}

/** One write that readers could see. */
export interface FacebookWrite {
  op: 'create' | 'edit' | 'delete' | 'comment';
  id: string;
  text: string;
  at: number;
}

export interface FacebookServer extends Served {
  posts: Map<string, FakePagePost>;
  /** Only ever added to. */
  record: FacebookWrite[];
  uploads: FakePagePhoto[];
  /** Method and path of every request, without what follows the `?`. */
  requests: string[];
  /** What `/debug_token` says. */
  debug: { is_valid: boolean; expires_at: number; data_access_expires_at: number; scopes: string[] };
  /** The next requests that would show, change or delete something are answered so. */
  misbehave(...moods: Mood[]): void;
  /** The next uploads are answered so. */
  refuseMedia(...answers: PlainAnswer[]): void;
  /** Posts made from now on are left out of the list, or not. */
  omit(isOmitted: boolean): void;
  /** Forgets uploads that no post holds, as the service does after a day. */
  purge(): void;
  /** Somebody writes by hand. */
  writeByHand(post: { message: string; link?: string; from?: string }): FakePagePost;
  /** Resolves with the next request whose method and path match, before it is answered. */
  asked(what: RegExp): Promise<void>;
}

export interface FacebookOptions {
  token: string;
  now(): number;
  port?: number;
  pageId?: string;
  /** With it every request must be signed. */
  app?: { id: string; secret: string };
  onWrite?(write: FacebookWrite): void;
}

/** An answer as the service words it. */
export function facebookRefusal(
  code: number,
  message = '',
  { subcode, status = 400, isTransient = false, headers = {} }: FacebookRefusal = {},
): PlainAnswer {
  const body = JSON.stringify(errorBody(code, message, subcode, isTransient));
  return { status, headers: { 'content-type': 'application/json', ...headers }, body };
}

export interface FacebookRefusal {
  subcode?: number;
  status?: number;
  isTransient?: boolean;
  headers?: Record<string, string>;
}

/** The Page has used up what it may: asked again in so many minutes. */
export function usedUp(pageId: string, minutes: number): PlainAnswer {
  const use = { type: 'pages', call_count: 100, total_cputime: 20, total_time: 20 };
  const usage = JSON.stringify({ [pageId]: [{ ...use, estimated_time_to_regain_access: minutes }] });
  const headers = { 'x-business-use-case-usage': usage };
  return facebookRefusal(80_001, '(#80001) There have been too many calls to this Page account', { headers });
}

export async function startFacebook(options: FacebookOptions): Promise<FacebookServer> {
  const { token, now, pageId = '104900000000001', app } = options;
  const posts = new Map<string, FakePagePost>();
  const unattached = new Map<string, FakePagePhoto>();
  const used = new Set<string>();
  const record: FacebookWrite[] = [];
  const uploads: FakePagePhoto[] = [];
  const requests: string[] = [];
  const moods: Mood[] = [];
  const mediaRefusals: PlainAnswer[] = [];
  const watchers = new Set<{ what: RegExp; resolve: () => void }>();
  const debug = { is_valid: true, expires_at: 0, data_access_expires_at: 0, scopes: [...scopes] };
  let isOmitted = false;
  let ids = 122_000_000_000_000;

  const write = (op: FacebookWrite['op'], id: string, text: string) => {
    const entry = { op, id, text, at: now() };
    record.push(entry);
    options.onWrite?.(entry);
  };
  const add = (post: Pick<FakePagePost, 'message' | 'link' | 'photos' | 'from'>): FakePagePost => {
    const made = { ...post, id: `${pageId}_${++ids}`, comments: [], at: now(), isOmitted };
    posts.set(made.id, made);
    return made;
  };
  const attach = (media: { media_fbid: string }[]): FakePagePhoto[] => {
    for (const [index, { media_fbid: id }] of media.entries()) {
      if (used.has(id)) throw new Refusal(100, 'Photos were already posted', { subcode: 1366051 });
      if (unattached.has(id)) continue;
      throw new Refusal(100, `(#100) Param attached_media[${index}] must be a valid media_fbid of the Page`);
    }
    return media.map(({ media_fbid: id }) => {
      const photo = unattached.get(id)!;
      unattached.delete(id);
      used.add(id);
      return photo;
    });
  };
  const publish = (fields: Fields): unknown => {
    const { message = '', link = null, attached_media: media = [] } = fields;
    if (message.length > 63_206) throw new Refusal(100, '(#100) The message is too long');
    if (message === '' && !link && media.length === 0) throw new Refusal(100, '(#100) The post is empty');
    const newest = [...posts.values()].at(-1);
    if (newest && newest.message === message && newest.link === link && media.length === 0) {
      throw new Refusal(506, '(#506) Duplicate status message');
    }
    const made = add({ message, link, photos: attach(media), from: pageId });
    write('create', made.id, message);
    return { id: made.id };
  };
  const upload = (fields: Fields, files: Files): unknown => {
    const bytes = files.get('source');
    if (bytes === undefined) throw new Refusal(100, '(#100) Missing source', { subcode: 2069019 });
    if (bytes > 4 * 1024 * 1024) throw new Refusal(100, 'Photos should be under 4 MB', { subcode: 1366046 });
    if (String(fields['published']) !== 'false') throw new Refusal(100, 'only unpublished photos here');
    const { caption = null, alt_text_custom: alt = null } = fields;
    const photo = { id: String(++ids), caption, alt, bytes };
    unattached.set(photo.id, photo);
    uploads.push(photo);
    return { id: photo.id };
  };
  const list = (query: URLSearchParams): unknown => {
    const shown = [...posts.values()].filter((post) => !post.isOmitted).reverse();
    const from = Number(query.get('after') ?? 0);
    const to = from + Number(query.get('limit') ?? 25);
    const next = to < shown.length ? { next: `https://graph.example/?access_token=${token}&after=${to}` } : {};
    return { data: shown.slice(from, to).map(entity), paging: { cursors: { after: String(to) }, ...next } };
  };
  const onPost = (method: string, id: string, fields: Fields): unknown => {
    const post = posts.get(id);
    if (!post) throw new Refusal(100, `Unsupported request. Object with ID '${id}' does not exist`, { subcode: 33 });
    if (method === 'GET') return entity(post);
    if (method === 'DELETE') posts.delete(id);
    else Object.assign(post, { message: String(fields['message'] ?? '') });
    write(method === 'DELETE' ? 'delete' : 'edit', id, post.message);
    return { success: true };
  };
  const comment = (id: string, fields: Fields): unknown => {
    const post = posts.get(id);
    if (!post) throw new Refusal(100, `Object with ID '${id}' does not exist`, { subcode: 33 });
    const made = { id: `${id.split('_')[1]}_${++ids}`, message: String(fields['message'] ?? '') };
    post.comments.push(made);
    write('comment', made.id, made.message);
    return { id: made.id };
  };

  const answer = async (request: IncomingMessage, body: Buffer): Promise<unknown> => {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://fake');
    const method = request.method ?? 'GET';
    const [, path = ''] = /^\/v\d+\.\d+\/(.+)$/.exec(pathname) ?? [];
    if (path === 'debug_token') {
      if (!app || query.get('access_token') !== `${app.id}|${app.secret}`) throw new Refusal(190, 'Invalid app token');
      return { data: query.get('input_token') === token ? debug : { ...debug, is_valid: false } };
    }
    if (request.headers.authorization !== `Bearer ${token}`) {
      throw new Refusal(190, 'Error validating access token', { subcode: 463, status: 401 });
    }
    const { fields, files } = await read(request, body);
    const proof = query.get('appsecret_proof') ?? fields['appsecret_proof'];
    if (app && proof !== createHmac('sha256', app.secret).update(token).digest('hex')) {
      throw new Refusal(100, 'API calls from the server require an appsecret_proof argument');
    }
    if (path === pageId) return { id: pageId, name: 'Báo Thử', link: `https://www.facebook.com/${pageId}` };
    if (path === `${pageId}/feed`) return method === 'POST' ? publish(fields) : list(query);
    if (path === `${pageId}/photos`) return upload(fields, files);
    const [, id, below] = /^(\d+_\d+)(\/comments)?$/.exec(path) ?? [];
    if (id && below) return comment(id, fields);
    return onPost(method, id ?? path, fields);
  };

  const served = await serve(
    async (request, response) => {
      const called = `${request.method} ${(request.url ?? '').split('?')[0]}`;
      requests.push(called);
      for (const watcher of watchers) if (watcher.what.test(called) && watchers.delete(watcher)) watcher.resolve();
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const isUpload = /\/photos$/.test(called);
      const mood = isUpload ? mediaRefusals.shift() : request.method === 'GET' ? undefined : moods.shift();
      if (mood !== undefined && !isTaken(mood)) return answerBadly(response, mood);
      const { status, body } = await answer(request, Buffer.concat(chunks)).then(
        (result) => ({ status: 200, body: result }),
        refusalOf,
      );
      if (mood !== undefined) return answerBadly(response, mood);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    },
    { port: options.port ?? 0 },
  );

  return {
    ...served,
    posts,
    record,
    uploads,
    requests,
    debug,
    misbehave: (...how) => void moods.push(...how),
    refuseMedia: (...answers) => void mediaRefusals.push(...answers),
    omit: (value) => void (isOmitted = value),
    purge: () => unattached.clear(),
    writeByHand: ({ message, link = null, from = pageId }) => add({ message, link, from, photos: [] }),
    asked: (what) => new Promise((resolve) => void watchers.add({ what, resolve })),
  };
}

const scopes = ['pages_show_list', 'pages_read_engagement', 'pages_manage_posts'];

type Fields = Record<string, any>;
type Files = Map<string, number>;

class Refusal extends Error {
  readonly code: number;
  readonly more: FacebookRefusal;
  constructor(code: number, message: string, more: FacebookRefusal = {}) {
    super(message);
    this.code = code;
    this.more = more;
  }
}

function refusalOf(error: unknown): { status: number; body: unknown } {
  if (!(error instanceof Refusal)) return { status: 500, body: errorBody(2, String(error), undefined, true) };
  const { code, message, more } = error;
  return { status: more.status ?? 400, body: errorBody(code, message, more.subcode, false) };
}

function errorBody(code: number, message: string, subcode: number | undefined, isTransient: boolean) {
  const error = { message, type: 'OAuthException', code, fbtrace_id: 'A-trace', is_transient: isTransient };
  return { error: { ...error, ...(subcode !== undefined && { error_subcode: subcode }) } };
}

/** As the list gives it; a card's address leads through Facebook's own. */
function entity({ id, message, link, from, at }: FakePagePost) {
  const shim = link && `https://l.facebook.com/l.php?u=${encodeURIComponent(link)}&h=AT0`;
  return {
    id,
    message,
    created_time: new Date(at).toISOString().replace(/\.\d+Z$/, '+0000'),
    permalink_url: `https://www.facebook.com/${id.split('_')[0]}/posts/${id.split('_')[1]}`,
    from: { id: from },
    ...(shim && { attachments: { data: [{ url: shim, target: { url: shim } }] } }),
  };
}

async function read(request: IncomingMessage, body: Buffer): Promise<{ fields: Fields; files: Files }> {
  const type = String(request.headers['content-type'] ?? '');
  const files: Files = new Map();
  if (type.startsWith('application/json')) return { fields: JSON.parse(String(body)), files };
  if (!type.startsWith('multipart/')) return { fields: {}, files };
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  const fields: Fields = {};
  for (const [name, value] of form) {
    if (typeof value === 'string') fields[name] = value;
    else files.set(name, value.size);
  }
  return { fields, files };
}
