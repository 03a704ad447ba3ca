/** A server on a free loopback port, with everything it reads in memory. */
import { request } from 'node:http';
import { afterEach } from 'vitest';
import { createPages } from '#src/console/pages.ts';
import type { StoredArticle } from '#src/core/article.ts';
import type { ShownDelivery } from '#src/core/decisions.ts';
import type { Settings } from '#src/core/settings.ts';
import type { Clock } from '#src/core/tools.ts';
import { buildFeed } from '#src/feeds/build-feed.ts';
import { buildDocument } from '#src/feeds/document.ts';
import { formats } from '#src/feeds/registry.ts';
import type { ApiRoute, ServerDeps } from '#src/server/deps.ts';
import { createServer } from '#src/server/server.ts';
import type { FileStore } from '#src/stores/files.ts';
import { manualClock } from '#tests/fakes/manual-clock.ts';
import { memoryFiles } from '#tests/fakes/memory-files.ts';
import type { memorySessions } from '#tests/fakes/memory-sessions.ts';
import { settings as newsroom } from '#tests/fakes/newsroom-settings.ts';
import { type LedgerContent, readLedger } from '#tests/fakes/read-ledger.ts';
import { photoRecords } from '#tests/fakes/stored-article.ts';

export interface BenchOptions {
  settings?: Partial<Settings>;
  ledger?: Partial<LedgerContent>;
  api?: ApiRoute[];
  /** Deliveries with their posts, by id. */
  shown?: Readonly<Record<string, ShownDelivery>>;
  deps?: Pick<ServerDeps, 'board' | 'metrics' | 'health' | 'ingest' | 'websub' | 'channelPages'>;
  /** What is asked for is asked with a session's cookie. */
  signedIn?: boolean;
  /** In place of files in memory. */
  files?: FileStore;
  /** In place of one that stands still until something is built. */
  clock?: Clock;
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
  text: string;
}

export const runToken = 'token-of-this-run';

export async function startServer(options: BenchOptions = {}) {
  const settings = newsroom(options.settings);
  const store = memoryFiles();
  const standing = manualClock(Date.parse('2026-11-25T03:00:00Z'));
  const { files = store.files, clock = standing } = options;
  const ledger = readLedger(options.ledger);
  const logged: string[] = [];
  const note = (message: string, fields?: unknown) => void logged.push(`${message} ${JSON.stringify(fields)}`);
  const server = createServer({
    settings,
    files,
    ledger,
    alerts: ledger.alerts,
    log: { debug: note, info: note, warn: note, error: note },
    clock,
    runToken,
    formats,
    pages: createPages({
      settings,
      ledger,
      alerts: ledger.alerts,
      clock,
      formats,
      show: async (id) => options.shown?.[id] ?? null,
    }),
    ...(options.api && { api: options.api }),
    ...options.deps,
  });
  const { url } = await server.listen();
  const signIn = async (): Promise<{ cookie: string }> => {
    const { headers } = await send(url, await server.signInPath(), {}, 'GET');
    return { cookie: headers['set-cookie']!.split(';')[0]! };
  };
  const session = options.signedIn ? await signIn() : null;
  const withSession = (headers: Record<string, string>) =>
    session ? { ...headers, cookie: [session.cookie, headers['cookie']].filter(Boolean).join('; ') } : headers;
  return {
    url,
    ...store,
    settings,
    logged,
    close: () => server.close(),
    get: (path: string, headers: Record<string, string> = {}, method = 'GET') =>
      send(url, path, withSession(headers), method),
    post: (path: string, body: string, headers: Record<string, string> = {}) =>
      send(url, path, withSession(headers), 'POST', body),
    clock: standing,
    sessions: ledger.sessions as ReturnType<typeof memorySessions>,
    /** Of a new one-time link. */
    signInPath: () => server.signInPath(),
    /** What a browser sends once it has opened such a link. */
    signIn,
    build: (articles: StoredArticle[]) => {
      standing.advance(1000);
      return buildFeed(
        buildDocument({
          feed: settings.feeds[0]!,
          site: settings.site,
          publicUrl: settings.publicUrl,
          entries: articles.map((article) => ({ article, photos: photoRecords(article) })),
        }),
        { files, formats },
      );
    },
  };
}

/** Plain requests: the path goes out byte for byte, nothing is decompressed, headers can be anything. */
function send(
  url: string,
  path: string,
  headers: Record<string, string>,
  method: string,
  sent?: string,
): Promise<Answer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: hostname, port, path, method, headers, agent: false }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk) => chunks.push(chunk));
      incoming.on('end', () => {
        const body = Buffer.concat(chunks);
        const flat = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
        resolve({ status: incoming.statusCode!, headers: Object.fromEntries(flat), body, text: body.toString() });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(sent);
  });
}

/** `startServer` for the tests of one file: whatever a test starts ends with it. */
export function serverPerTest(common: BenchOptions = {}) {
  const open: Awaited<ReturnType<typeof startServer>>[] = [];
  afterEach(async () => {
    for (const bench of open.splice(0)) await bench.close();
  });
  return async (options: BenchOptions = {}) => {
    const bench = await startServer({ ...common, ...options });
    open.push(bench);
    return bench;
  };
}
