/** A server that speaks Mastodon's API for one account, with its limits, its memory for keys and its moods. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Served, serve } from '#src/net/serve.ts';
import { cardOf, contentOf } from '#tests/fakes/mastodon-content.ts';
import { mastodonRates } from '#tests/fakes/mastodon-rates.ts';
import { answerBadly, isTaken, type Mood, type PlainAnswer } from '#tests/fakes/moods.ts';

export interface FakeStatus {
  id: string;
  status: string;
  spoiler_text: string;
  language: string;
  visibility: string;
  sensitive: boolean;
  in_reply_to_id: string | null;
  created_at: string;
  media_attachments: FakeMedia[];
}

/** One write that readers could see. */
export interface MastodonWrite {
  what: 'posted' | 'edited' | 'deleted';
  /** The idempotency key of a post. */
  key: string;
  at: number;
  status: FakeStatus;
}

export interface FakeMedia {
  id: string;
  type: string;
  bytes: number;
  description: string | null;
}

export interface MastodonServer extends Served {
  statuses: Map<string, FakeStatus>;
  /** What readers saw, in order; only ever added to. */
  seen: MastodonWrite[];
  uploads: FakeMedia[];
  /** Method and path of every request. */
  requests: string[];
  /** The next requests that would show, change or delete a post are answered so. */
  misbehave(...moods: Mood[]): void;
  /** The next uploads are answered so. */
  refuseMedia(...answers: PlainAnswer[]): void;
  /** Resolves with the next request whose method and path match, before it is answered. */
  asked(what: RegExp): Promise<void>;
  /** Forgets uploads that no post holds, as the server does after a day. */
  purge(): void;
}

export interface MastodonOptions {
  token: string;
  now(): number;
  characters?: number;
  descriptionLimit?: number;
  /** How often a fresh upload answers that it is still being processed. */
  polls?: number;
  /** What `/api/v2/instance` says instead; null: an old server, which has only `/api/v1/instance`. */
  instance?: object | null;
  /** Uploads in half an hour; default: 30. */
  uploadRate?: number;
  port?: number;
  /** As GoToSocial: a repeat is a new post. */
  ignoresKeys?: boolean;
  /** The token may not read statuses. */
  writeOnly?: boolean;
  onWrite?(entry: MastodonWrite): void;
}

const hour = 3_600_000;

export async function startMastodon(options: MastodonOptions): Promise<MastodonServer> {
  const { token, now, characters = 500, descriptionLimit = 1500, polls = 0 } = options;
  const told = options.instance === undefined ? instance(characters, descriptionLimit) : options.instance;
  const statuses = new Map<string, FakeStatus>();
  const unattached = new Map<string, FakeMedia & { polls: number }>();
  const keys = new Map<string, { id: string; at: number }>();
  const seen: MastodonServer['seen'] = [];
  const uploads: FakeMedia[] = [];
  const requests: string[] = [];
  const moods: Mood[] = [];
  const mediaRefusals: PlainAnswer[] = [];
  const watchers = new Set<{ what: RegExp; resolve: () => void }>();
  let ids = 1000;

  const entity = (one: FakeStatus) => {
    const shown = { content: contentOf(one.status), card: cardOf(one.status) };
    return { ...one, ...shown, url: `https://social.example/@bao/${one.id}` };
  };
  const show = (what: MastodonWrite['what'], one: FakeStatus, key = '') => {
    const entry = { what, key, at: now(), status: structuredClone(one) };
    seen.push(entry);
    options.onWrite?.(entry);
    return entity(one);
  };
  const list = (query: URLSearchParams) => {
    const before = Number(query.get('max_id') ?? Number.POSITIVE_INFINITY);
    const newest = [...statuses.values()].reverse().filter(({ id }) => Number(id) < before);
    return newest.slice(0, Math.min(Number(query.get('limit') ?? 20), 40)).map(entity);
  };
  const attach = (wanted: string[], own: FakeMedia[]): FakeMedia[] => {
    const found = wanted.map((id) => own.find((one) => one.id === id) ?? unattached.get(id));
    const missing = wanted.filter((id, index) => !found[index] || wanted.indexOf(id) !== index);
    if (missing.length > 0)
      throw new Refusal(422, `Media ${missing.join(', ')} not found or already attached to another post`);
    if (found.some((one) => one && 'polls' in one && Number(one.polls) > 0)) {
      throw new Refusal(422, 'Cannot attach files that have not finished processing. Try again in a moment!');
    }
    if (wanted.length > 4) throw new Refusal(422, 'Cannot attach more than 4 files');
    for (const id of wanted) unattached.delete(id);
    return found.map((one) => ({ id: one!.id, type: one!.type, bytes: one!.bytes, description: one!.description }));
  };
  const checkText = ({ status = '', spoiler_text = '', media_ids = [], language }: any) => {
    if (status.trim() === '' && media_ids.length === 0)
      throw new Refusal(422, "Validation failed: Text can't be blank");
    if (language && !/^[a-z]{2,3}$/.test(language)) throw new Refusal(422, 'Validation failed: Language is invalid');
    if (countedLength(spoiler_text + status) > characters) {
      throw new Refusal(422, `Validation failed: Text character limit of ${characters} exceeded`);
    }
  };

  const write = (method: string, id: string | undefined, key: string, body: any): unknown => {
    if (method === 'POST') {
      const known = options.ignoresKeys ? undefined : keys.get(key);
      const earlier = known && now() - known.at < hour && statuses.get(known.id);
      if (earlier) return entity(earlier);
      checkText(body);
      const { status, spoiler_text = '', language, visibility, sensitive = false, in_reply_to_id = null } = body;
      if (in_reply_to_id !== null && !statuses.has(in_reply_to_id)) throw new Refusal(404, 'Record not found');
      const media_attachments = attach(body.media_ids ?? [], []);
      const words = { status, spoiler_text, language, visibility, sensitive, in_reply_to_id };
      const made = { id: String(++ids), ...words, created_at: new Date(now()).toISOString(), media_attachments };
      statuses.set(made.id, made);
      if (key) keys.set(key, { id: made.id, at: now() });
      return show('posted', made, key);
    }
    const standing = statuses.get(id ?? '');
    if (!standing) throw new Refusal(404, 'Record not found');
    if (method === 'DELETE') {
      statuses.delete(standing.id);
      return show('deleted', standing);
    }
    checkText(body);
    standing.media_attachments = attach(body.media_ids ?? [], standing.media_attachments);
    for (const { id, description } of body.media_attributes ?? []) {
      const media = standing.media_attachments.find((one) => one.id === id);
      if (media) media.description = description || null;
    }
    Object.assign(standing, { status: body.status, language: body.language, spoiler_text: body.spoiler_text ?? '' });
    return show('edited', standing);
  };

  const upload = async (request: IncomingMessage, body: Buffer): Promise<[number, unknown]> => {
    const form = await new Response(body, {
      headers: { 'content-type': String(request.headers['content-type']) },
    }).formData();
    const file = form.get('file');
    if (!(file instanceof File) || !/^image\/(jpeg|png|webp|avif|gif)$/.test(file.type)) {
      throw new Refusal(422, 'Validation failed: File content type is invalid');
    }
    if (file.size > 16_777_216) throw new Refusal(422, 'Validation failed: File file size must be less than 16 MB');
    const description = form.get('description') as string | null;
    if (description && description.length > descriptionLimit) {
      throw new Refusal(422, `Validation failed: Description is too long (maximum is ${descriptionLimit} characters)`);
    }
    const media = { id: String(++ids), type: file.type, bytes: file.size, description };
    unattached.set(media.id, { ...media, polls });
    uploads.push(media);
    return [polls ? 202 : 200, media];
  };

  const answer = async (request: IncomingMessage, body: Buffer): Promise<[number, unknown]> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake');
    const method = request.method ?? 'GET';
    if (pathname === '/api/v2/instance' && told) return [200, told];
    if (pathname === '/api/v1/instance') return [200, { max_toot_chars: characters }];
    if (request.headers.authorization !== `Bearer ${token}`) throw new Refusal(401, 'The access token is invalid');
    if (pathname === '/api/v1/accounts/verify_credentials') return [200, { id: '7', username: 'bao', acct: 'bao' }];
    if (options.writeOnly && method === 'GET' && /statuses/.test(pathname)) {
      throw new Refusal(403, 'This action is outside the authorized scopes');
    }
    if (pathname === '/api/v1/accounts/7/statuses') return [200, list(searchParams)];
    if (pathname === '/api/v2/media') return upload(request, body);
    const media = /^\/api\/v1\/media\/(\d+)$/.exec(pathname);
    if (media) {
      const one = unattached.get(media[1]!);
      if (!one) throw new Refusal(404, 'Record not found');
      return [one.polls-- > 0 ? 206 : 200, one];
    }
    const [, id] = /^\/api\/v1\/statuses(?:\/(\d+))?$/.exec(pathname) ?? [undefined, 'none'];
    if (method === 'GET') {
      const one = statuses.get(id ?? '');
      if (!one) throw new Refusal(404, 'Record not found');
      return [200, entity(one)];
    }
    const key = String(request.headers['idempotency-key'] ?? '');
    return [200, write(method, id, key, body.length ? JSON.parse(String(body)) : {})];
  };

  const rates = mastodonRates(now, options.uploadRate);
  const served = await serve(
    async (request, response) => {
      const called = `${request.method} ${request.url}`;
      requests.push(called);
      for (const watcher of watchers) {
        if (watcher.what.test(called) && watchers.delete(watcher)) watcher.resolve();
      }
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const isWrite = request.method !== 'GET' && /\/statuses/.test(request.url ?? '');
      const refusal = /\/api\/v2\/media/.test(request.url ?? '') ? mediaRefusals.shift() : undefined;
      const mood = refusal ?? (isWrite ? moods.shift() : undefined);
      if (mood && !isTaken(mood)) return answerBadly(response, mood);
      const { isOver, headers } = rates.take(request.method ?? '', request.url ?? '');
      const answering = isOver
        ? Promise.reject(new Refusal(429, 'Too many requests'))
        : answer(request, Buffer.concat(chunks));
      const [status, body] = await answering.catch((error): [number, unknown] => [
        error instanceof Refusal ? error.status : 500,
        { error: error.message },
      ]);
      if (mood) answerBadly(response, mood);
      else reply(response, status, body, headers);
    },
    { port: options.port ?? 0 },
  );

  return {
    ...served,
    statuses,
    seen,
    uploads,
    requests,
    misbehave: (...how) => void moods.push(...how),
    refuseMedia: (...answers) => void mediaRefusals.push(...answers),
    asked: (what) => new Promise((resolve) => void watchers.add({ what, resolve })),
    purge: () => unattached.clear(),
  };
}

class Refusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

function reply(response: ServerResponse, status: number, body: unknown, rates: Record<string, string>): void {
  const headers = { 'content-type': 'application/json; charset=utf-8', 'x-request-id': randomUUID(), ...rates };
  response.writeHead(status, headers).end(JSON.stringify(body));
}

/** Every address 23, every mention without its host, user-perceived characters. */
export function countedLength(text: string): number {
  const short = text
    .replace(/https?:\/\/\S+/g, 'x'.repeat(23))
    .replace(/(?<=^|\s)@(\w+)@[\w.-]+\w/g, '@$1')
    .normalize('NFC');
  return Array.from(new Intl.Segmenter('en').segment(short)).length;
}

const instance = (characters: number, descriptionLimit: number) => ({
  domain: 'social.example',
  version: '4.6.3',
  configuration: {
    statuses: { max_characters: characters, max_media_attachments: 4, characters_reserved_per_url: 23 },
    media_attachments: {
      description_limit: descriptionLimit,
      image_size_limit: 16_777_216,
      image_matrix_limit: 33_177_600,
    },
  },
});
