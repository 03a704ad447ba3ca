/** A worker with settings of its own, its newsroom, its receiver of webhooks, and ways to look at what it made. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { systemClock } from '#src/ops/clock.ts';
import { type Backend, embedded, type OpenBackend } from '#tests/e2e/backends.ts';
import { freePort, inFolder, type Running, startLoa } from '#tests/e2e/loa.ts';
import { signIn } from '#tests/e2e/sign-in.ts';
import { type FakeNewsroom, type Story, startNewsroom } from '#tests/fakes/newsroom.ts';
import { startWebhookReceiver, type WebhookReceiver } from '#tests/fakes/webhook-receiver.ts';

export const secret = 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=';

export interface Bench {
  folder: string;
  backend: OpenBackend;
  newsroom: FakeNewsroom;
  receiver: WebhookReceiver;
  /** The worker's address. */
  url: string;
  /** `roles`: what the process does; everything without it. */
  start(roles?: string): Promise<Running>;
  /** Signed in, once a process that serves has been started. */
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Asks until `look` gives something, for as long as the test may take. */
  until<T>(look: () => Promise<T | null | undefined | false>): Promise<T>;
}

export interface BenchOptions {
  /** Default: the embedded one. */
  backend?: Backend;
  /** Further channels, as lines of the settings' list. */
  channels?: string;
  /** Further sources, alike. */
  sources?: string;
  /** Of the processes. */
  env?: Record<string, string>;
}

export async function withBench(
  stories: Story[],
  work: (bench: Bench) => Promise<void>,
  { backend = embedded, channels = '', sources = '', env = {} }: BenchOptions = {},
): Promise<void> {
  const opened = await backend.open();
  const newsroom = await startNewsroom(stories);
  const receiver = await startWebhookReceiver({ secret, now: () => Date.now() });
  try {
    await inFolder(async (folder) => {
      const port = await freePort();
      const url = `http://127.0.0.1:${port}`;
      let session: Record<string, string> = {};
      await mkdir(join(folder, 'inbox'));
      await writeFile(
        join(folder, 'my.yaml'),
        `${settings({ site: newsroom.url, hook: receiver.url, port, channels, sources })}${opened.settings}\n`,
      );
      await work({
        folder,
        backend: opened,
        newsroom,
        receiver,
        url,
        async start(roles) {
          const args = ['start', '--config', 'my.yaml', ...(roles ? ['--roles', roles] : [])];
          const running = startLoa(args, { cwd: folder, env });
          await running.printed(/watching/);
          if (!roles || roles.includes('web')) session = { cookie: await signIn(running) };
          return running;
        },
        get: (path, headers = {}) => fetch(url + path, { headers: { ...session, ...headers }, redirect: 'manual' }),
        async until(look) {
          for (;;) {
            const found = await look().catch(() => null);
            if (found) return found;
            await systemClock.sleep(150);
          }
        },
      });
    });
  } finally {
    await newsroom.close();
    await receiver.close();
    await opened.close();
  }
}

interface Written {
  site: string;
  hook: string;
  port: number;
  channels: string;
  sources: string;
}

function settings({ site, hook, port, channels, sources }: Written): string {
  return `
site: { name: Báo Thử, url: "${site}", language: vi, timezone: Asia/Ho_Chi_Minh }
listen: 127.0.0.1:${port}
publicUrl: http://127.0.0.1:${port}
sources:
  - { id: portal, kind: feed, url: "${site}/rss", profile: vietnamese-portal, poll: 1s }
  - { id: desk, kind: folder, path: ./inbox, profile: vietnamese-portal, poll: 1s }
${sources}
feeds:
  - { id: latest, title: Tin mới }
  - { id: thoi-su, title: Thời sự, only: { section: [Thời sự] } }
photos: { widths: [320, 640], formats: [jpeg] }
channels:
  - { id: board, kind: board, pace: { settle: 0s, gap: 0s } }
  - { id: partner, kind: webhook, settings: { url: "${hook}", secret: "${secret}" }, pace: { settle: 0s, gap: 0s } }
${channels}
network: { allow: ["127.0.0.0/8"] }
`;
}

/** The same bench on one backend. */
export const benchOn = (backend: Backend) => (stories: Story[], work: (bench: Bench) => Promise<void>) =>
  withBench(stories, work, { backend });

/** One bench for all tests of a `describe`, with what `begin` does first; for tests that do not end its worker. */
export function sharedBench(
  stories: () => Story[],
  begin: (bench: Bench) => Promise<void>,
  options: BenchOptions = {},
): () => Bench {
  const over = Promise.withResolvers<void>();
  let bench: Bench;
  let closed: Promise<void>;
  beforeAll(async () => {
    const begun = Promise.withResolvers<void>();
    closed = withBench(
      stories(),
      async (opened) => {
        bench = opened;
        await begin(opened);
        begun.resolve();
        await over.promise;
      },
      options,
    );
    closed.catch(begun.reject);
    await begun.promise;
  });
  afterAll(() => {
    over.resolve();
    return closed;
  });
  return () => bench;
}
