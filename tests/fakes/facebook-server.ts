/** The Graph API for one Page, over HTTP. */
import { createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type Served, serve } from '#src/net/serve.ts';
import {
  type FacebookOptions,
  type FacebookRefusal,
  type FacebookWrite,
  type FakePagePhoto,
  type FakePagePost,
  type Fields,
  type Files,
  openFacebookPage,
  Refusal,
} from '#tests/fakes/facebook-page.ts';
import { answerBadly, isTaken, type Mood, type PlainAnswer } from '#tests/fakes/moods.ts';

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
  /** From now on every answer says that so much is used up, in per cent. */
  use(share: number): void;
  /** Resolves with the next request whose method and path match, before it is answered. */
  asked(what: RegExp): Promise<void>;
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

const usage = (pageId: string, share: number, minutes: number) => {
  const use = { type: 'pages', call_count: share, total_cputime: 20, total_time: 20 };
  const header = JSON.stringify({ [pageId]: [{ ...use, estimated_time_to_regain_access: minutes }] });
  return { 'x-business-use-case-usage': header };
};

/** The Page has used up what it may: asked again in so many minutes. */
export function usedUp(pageId: string, minutes: number): PlainAnswer {
  const headers = usage(pageId, 100, minutes);
  return facebookRefusal(80_001, '(#80001) There have been too many calls to this Page account', { headers });
}

export async function startFacebook(options: FacebookOptions): Promise<FacebookServer> {
  const { token, app } = options;
  const page = openFacebookPage(options);
  const { pageId, posts, record, uploads, publish, upload, list, onPost, comment, omit, purge, writeByHand } = page;
  const requests: string[] = [];
  const moods: Mood[] = [];
  const mediaRefusals: PlainAnswer[] = [];
  const watchers = new Set<{ what: RegExp; resolve: () => void }>();
  let share = 1;
  const debug = { is_valid: true, expires_at: 0, data_access_expires_at: 0, scopes: [...scopes] };

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
    const retired = ['pretty', 'debug', 'date_format'].find((name) => query.has(name) || name in fields);
    if (retired) throw new Refusal(100, `(#100) ${retired} is not supported any more`);
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
      const headers = { 'content-type': 'application/json', ...usage(pageId, share, 0) };
      response.writeHead(status, headers).end(JSON.stringify(body));
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
    omit,
    purge,
    writeByHand,
    use: (used) => void (share = used),
    asked: (what) => new Promise((resolve) => void watchers.add({ what, resolve })),
  };
}

const scopes = ['pages_show_list', 'pages_read_engagement', 'pages_manage_posts'];

function refusalOf(error: unknown): { status: number; body: unknown } {
  if (!(error instanceof Refusal)) return { status: 500, body: errorBody(2, String(error), undefined, true) };
  const { code, message, more } = error;
  return { status: more.status ?? 400, body: errorBody(code, message, more.subcode, false) };
}

function errorBody(code: number, message: string, subcode: number | undefined, isTransient: boolean) {
  const error = { message, type: 'OAuthException', code, fbtrace_id: 'A-trace', is_transient: isTransient };
  return { error: { ...error, ...(subcode !== undefined && { error_subcode: subcode }) } };
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
