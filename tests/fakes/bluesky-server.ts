/** A provider of the AT Protocol with one account: its checks, its memory, its limits and its moods. */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type Served, serve } from '#src/net/serve.ts';
import { blobsIn, checkPost, type StoredBlob, XrpcError } from '#tests/fakes/bluesky-record.ts';
import { type BlueskyAccount, blueskySessions } from '#tests/fakes/bluesky-sessions.ts';
import { answerBadly, isTaken, type Mood } from '#tests/fakes/moods.ts';

/** What readers saw happen; only ever added to. */
export interface BlueskyWrite {
  op: 'create' | 'update' | 'delete';
  key: string;
  text: string;
  cid: string;
  at: number;
}

export interface BlueskyServer extends Served {
  account: BlueskyAccount;
  record: BlueskyWrite[];
  /** By record key. */
  posts: Map<string, { cid: string; value: any }>;
  /** Method and path of every request. */
  requests: string[];
  uploads: StoredBlob[];
  sessions: ReturnType<typeof blueskySessions>;
  /** The next requests that would write a record are answered so. */
  misbehave(...moods: Mood[]): void;
  /** The next requests whose path matches are answered so. */
  misbehaveAt(path: RegExp, ...moods: Mood[]): void;
  /** A post written by hand. */
  write(key: string, value: object): void;
  /** Forgets uploads that no post holds, as the provider does after hours. */
  purge(): void;
}

export interface BlueskyOptions {
  now?(): number;
  port?: number;
  account?: Partial<BlueskyAccount>;
  onWrite?(entry: BlueskyWrite): void;
  /** Bytes of one image. */
  imageLimit?: number;
  /** Points in an hour. */
  points?: number;
}

const hour = 3_600_000;
const collection = 'app.bsky.feed.post';
const costs = { create: 3, update: 2, delete: 1 };

export async function startBluesky(options: BlueskyOptions = {}): Promise<BlueskyServer> {
  const { now = Date.now, imageLimit = 2_000_000, points = 5000, onWrite } = options;
  const account: BlueskyAccount = {
    did: 'did:plc:q7xv3baovidu2m5nkz4tlowd',
    handle: 'bao.example',
    appPassword: 'canary-app-password',
    ownPassword: 'canary-own-password',
    ...options.account,
  };
  const sessions = blueskySessions(account, now);
  const posts: BlueskyServer['posts'] = new Map();
  const blobs = new Map<string, StoredBlob>();
  const record: BlueskyWrite[] = [];
  const requests: string[] = [];
  const uploads: StoredBlob[] = [];
  const moods: { path: RegExp; mood: Mood }[] = [];
  let window = { from: 0, used: 0 };

  const uri = (rkey: string) => `at://${account.did}/${collection}/${rkey}`;
  const show = (op: BlueskyWrite['op'], key: string, { cid, value }: { cid: string; value: any }) => {
    const entry = { op, key, text: String(value.text), cid, at: now() };
    record.push(entry);
    onWrite?.(entry);
    window.used += costs[op];
  };
  const put = (key: string, value: any, op: 'create' | 'update') => {
    const post = { cid: cidOf('bafyrei', JSON.stringify(value)), value };
    posts.set(key, post);
    show(op, key, post);
    return post;
  };

  const methods: Record<string, (input: any, token: string, request: Raw) => unknown> = {
    'com.atproto.server.createSession': (input) => withDocument(sessions.create(input)),
    'com.atproto.server.refreshSession': (_input, token) => withDocument(sessions.renew(token)),
    'com.atproto.server.getSession': (_input, token) => {
      sessions.check(token);
      return withDocument({ did: account.did, handle: account.handle, active: true });
    },
    'com.atproto.identity.resolveHandle': ({ handle }) => {
      if (handle !== account.handle) throw new XrpcError(400, 'HandleNotFound', 'Unable to resolve handle');
      return { did: account.did };
    },
    'com.atproto.repo.uploadBlob': (_input, token, { body, type }) => {
      sessions.check(token);
      if (body.length > 5 * 1024 * 1024) throw new XrpcError(413, 'PayloadTooLarge', 'request entity too large');
      const link = cidOf('bafkrei', body);
      const blob = { link, mimeType: sniff(body) ?? type, size: body.length };
      blobs.set(link, blob);
      uploads.push(blob);
      return { blob: { $type: 'blob', ref: { $link: link }, mimeType: blob.mimeType, size: blob.size } };
    },
    'com.atproto.repo.putRecord': (input, token) => {
      sessions.check(token);
      if (input.repo !== account.did || input.collection !== collection) throw new XrpcError(400, 'InvalidRequest');
      if (!/^[2-7a-j][2-7a-z]{12}$/.test(input.rkey)) throw new XrpcError(400, 'InvalidRequest', 'Invalid record key');
      const standing = posts.get(input.rkey);
      checkPost(input.record, blobs, imageLimit);
      const names = { uri: uri(input.rkey), validationStatus: 'valid' };
      if (standing?.cid === cidOf('bafyrei', JSON.stringify(input.record))) return { ...names, cid: standing.cid };
      const { cid } = put(input.rkey, input.record, standing ? 'update' : 'create');
      return { ...names, cid, commit: { cid: cidOf('bafyrei', cid), rev: input.rkey } };
    },
    'com.atproto.repo.deleteRecord': (input, token) => {
      sessions.check(token);
      const standing = posts.get(input.rkey);
      if (standing && posts.delete(input.rkey)) show('delete', input.rkey, standing);
      return {};
    },
    'com.atproto.repo.getRecord': ({ rkey }) => {
      const post = posts.get(rkey);
      if (!post) throw new XrpcError(400, 'RecordNotFound', `Could not locate record: ${uri(rkey)}`);
      return { uri: uri(rkey), ...post };
    },
    'com.atproto.repo.listRecords': ({ limit = 50, cursor }) => {
      const keys = [...posts.keys()].sort().reverse();
      const records = keys
        .filter((key) => !cursor || key < cursor)
        .slice(0, Number(limit))
        .map((key) => ({ uri: uri(key), ...posts.get(key) }));
      return { records, ...(records.length > 0 && { cursor: records.at(-1)!.uri.split('/').at(-1) }) };
    },
  };

  const withDocument = (session: object) => {
    const service = [{ id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint: served.url }];
    return { ...session, didDoc: { id: account.did, service } };
  };

  const answer = async (request: IncomingMessage, raw: Raw): Promise<[number, any]> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake');
    const nsid = pathname.replace('/xrpc/', '');
    const method = methods[nsid];
    const token = String(request.headers.authorization ?? '').replace(/^Bearer /, '');
    const isJson = raw.type === 'application/json';
    try {
      if (!method) throw new XrpcError(501, 'MethodNotImplemented');
      if (isWrite(nsid) && window.used >= points) throw new XrpcError(429, 'RateLimitExceeded');
      const input = isJson ? JSON.parse(String(raw.body)) : Object.fromEntries(searchParams);
      return [200, method(input, token, raw)];
    } catch (error) {
      if (error instanceof XrpcError) return [error.status, { error: error.error, message: error.message }];
      return [500, { error: 'InternalServerError', message: String(error) }];
    }
  };

  const rates = () => ({
    'ratelimit-limit': String(points),
    'ratelimit-remaining': String(Math.max(points - window.used, 0)),
    'ratelimit-reset': String((window.from + hour) / 1000),
    'ratelimit-policy': `${points};w=3600`,
  });

  const served = await serve(
    async (request, response) => {
      const path = request.url ?? '';
      requests.push(`${request.method} ${path}`);
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const from = Math.floor(now() / hour) * hour;
      if (window.from !== from) window = { from, used: 0 };
      const planned = moods.findIndex((one) => one.path.test(path));
      const mood = planned < 0 ? undefined : moods.splice(planned, 1)[0]!.mood;
      const raw = { body: Buffer.concat(chunks), type: String(request.headers['content-type'] ?? '') };
      const [status, body] = isTaken(mood) ? await answer(request, raw) : [500, {}];
      if (mood) return answerBadly(response, mood);
      const limited = status === 429 ? { 'retry-after': '30' } : {};
      const headers = { 'content-type': 'application/json', ...rates(), ...limited };
      response.writeHead(status, headers).end(JSON.stringify(body));
    },
    { port: options.port ?? 0 },
  );

  const misbehaveAt = (path: RegExp, ...how: Mood[]) => void moods.push(...how.map((mood) => ({ path, mood })));
  return {
    ...served,
    account,
    record,
    posts,
    requests,
    uploads,
    sessions,
    misbehave: (...how) => misbehaveAt(/putRecord|deleteRecord/, ...how),
    misbehaveAt,
    write: (key, value) => void put(key, { $type: collection, ...value }, 'create'),
    purge() {
      const held = new Set([...posts.values()].flatMap(({ value }) => blobsIn(value)));
      for (const link of blobs.keys()) if (!held.has(link)) blobs.delete(link);
    },
  };
}

interface Raw {
  body: Buffer;
  type: string;
}

const isWrite = (nsid: string) => /\.(put|delete)Record$/.test(nsid);

/** The provider looks at the bytes, not at what it is told. */
function sniff(bytes: Buffer): string | null {
  if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'image/jpeg';
  return bytes.subarray(1, 4).toString() === 'PNG' ? 'image/png' : null;
}

function cidOf(prefix: string, content: string | Buffer): string {
  return prefix + createHash('sha256').update(content).digest('hex').slice(0, 52);
}
