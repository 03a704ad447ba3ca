/** Workers, services behind gates, and a ledger: what the scenarios do to them, and how they look at it. */
import { createHmac } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { type Served, serve } from '#src/net/serve.ts';
import { systemClock } from '#src/ops/clock.ts';
import { type Backend, embedded, type OpenBackend } from '#tests/e2e/backends.ts';
import { type Finished, freePort, inFolder, loa, type Running, startLoa } from '#tests/e2e/loa.ts';
import { signIn } from '#tests/e2e/sign-in.ts';
import { ageLedger } from '#tests/faults/processes/age-ledger.ts';
import { type KindName, knowing, type Service, startService } from '#tests/faults/processes/services.ts';

export interface Row {
  id: string;
  headline: string;
  channel: string;
  op: string;
  state: string;
  reason: string | null;
  url: string | null;
  attempts: number;
  /** ISO 8601. */
  dueAt: string | null;
}

export interface Plant {
  folder: string;
  backend: OpenBackend;
  services: Service[];
  service(id: string): Service;
  /** `roles`: what the process does; everything without it. */
  start(roles?: string): Promise<Running>;
  /** Pushes an article for each name; the headline ends with it. */
  publish(...names: string[]): Promise<void>;
  /** As the ledger has it, by way of the process that serves. */
  rows(): Promise<Row[]>;
  /** A command of `loa`. */
  run(...args: string[]): Promise<Finished>;
  /** So long ago everything in the ledger was; for when no process is at work. Milliseconds. */
  pass(ms: number): Promise<void>;
  until<T>(look: () => Promise<T | null | undefined | false> | T | null | undefined | false): Promise<T>;
  get(path: string): Promise<Response>;
}

export interface PlantOptions {
  backend?: Backend | OpenBackend;
  channels?: (KindName | { kind: KindName; id: string; pace?: string })[];
  /** Further settings, as lines. */
  settings?: string;
  /** Articles come with a photo. */
  photos?: boolean;
  env?: Record<string, string>;
}

const pushSecret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

export async function withPlant(options: PlantOptions, work: (plant: Plant) => Promise<void>): Promise<void> {
  const { backend = embedded, channels = knowing } = options;
  const opened = 'open' in backend ? await backend.open() : backend;
  const photos = options.photos ? await startPhotos() : null;
  // The services' clock goes with the ledger's when time is made to pass.
  let ahead = 0;
  const wanted = channels.map((one) => (typeof one === 'string' ? { kind: one, id: one } : one));
  const services = await Promise.all(wanted.map(({ kind, id }) => startService(kind, () => Date.now() + ahead, id)));
  try {
    await inFolder(async (folder) => {
      const port = await freePort();
      const url = `http://127.0.0.1:${port}`;
      let session = {};
      const paces = wanted.map((one) => ('pace' in one && one.pace) || 'settle: 0s, gap: 0s, perHour: off');
      const lines = services.map(({ settings }, index) => `  - { ${settings}, pace: { ${paces[index]} } }`);
      await writeFile(join(folder, 'my.yaml'), settingsFor(port, lines, [opened.settings, options.settings ?? '']));
      const env = { ...options.env };
      const get = (path: string) => fetch(url + path, { headers: session });
      const until: Plant['until'] = async (look) => {
        for (;;) {
          const found = await Promise.resolve()
            .then(look)
            .catch(() => null);
          if (found) return found;
          await systemClock.sleep(150);
        }
      };
      await work({
        folder,
        backend: opened,
        services,
        service: (id) => services.find((one) => one.id === id)!,
        async start(roles) {
          const args = ['start', '--config', 'my.yaml', ...(roles ? ['--roles', roles] : [])];
          const running = startLoa(args, { cwd: folder, env });
          await running.printed(/watching/);
          if (!roles || roles.includes('web')) session = { cookie: await signIn(running) };
          return running;
        },
        async publish(...names) {
          const articles = names.map((name) => articleOf(name, photos));
          // A server that is just being taken away refuses, and is asked again.
          await until(async () => {
            const { status, ...answer } = await push(`${url}/ingest/cms`, articles);
            if (status === 400) throw new Error(await answer.text());
            return status === 202;
          });
        },
        async rows() {
          const [{ deliveries }, { articles }] = await Promise.all(
            ['deliveries', 'articles'].map(async (what) => (await get(`/api/v1/${what}?limit=500`)).json() as any),
          );
          const headlines = new Map(articles.map(({ id, headline }: any) => [id, headline]));
          return deliveries.map((row: any) => ({ ...row, headline: headlines.get(row.article) ?? '' }));
        },
        run: (...args) => loa([...args, '--config', 'my.yaml'], { cwd: folder, env }),
        async pass(ms) {
          ahead += ms;
          await ageLedger(ms, { database: opened.postgres ? databaseIn(opened.settings) : null, folder });
        },
        until,
        get,
      });
    });
  } finally {
    await Promise.all([...services.map(({ close }) => close()), photos?.close()]);
    if ('open' in backend) await opened.close();
  }
}

/** The headline of the article that is pushed under `name`. */
export const headlineOf = (name: string) => `Chợ phiên Nà Hin mở lại ${name}`;

export function databaseIn(settings: string): string {
  return /database: "([^"]+)"/.exec(settings)![1]!;
}

function settingsFor(port: number, channels: string[], further: string[]): string {
  return `
site: { name: Báo Thử, url: "https://bao.example", language: vi, timezone: Asia/Ho_Chi_Minh }
listen: 127.0.0.1:${port}
publicUrl: http://127.0.0.1:${port}
sources: [{ id: cms, kind: push, secret: "${pushSecret}", profile: vietnamese-portal }]
feeds: [{ id: latest, title: Tin mới }]
photos: { widths: [320], formats: [jpeg] }
network: { allow: ["127.0.0.0/8"] }
guards: { burst: 1000 }
channels:
${channels.join('\n')}
${further.join('\n')}
`;
}

function articleOf(name: string, photos: Served | null): object {
  const image = photos ? `${photos.url}/${encodeURIComponent(name)}.jpg` : '';
  const figure = `<figure><img src="${image}"><figcaption>Sạp vải của nhóm ${name}.</figcaption></figure>`;
  return {
    id: name,
    url: `https://bao.example/tin/${name}`,
    title: headlineOf(name),
    contentHtml: `<p>Sáng nay, chợ phiên đón ${name} trở lại với hơn 400 gian hàng.</p>${photos ? figure : ''}<p>Phí thuê chỗ giữ nguyên đến hết năm.</p>`,
    authors: ['Thu An'],
    sections: ['Thời sự'],
    publishedAt: new Date().toISOString(),
  };
}

function push(url: string, articles: object[]): Promise<Response> {
  const body = JSON.stringify(articles);
  const time = Math.floor(Date.now() / 1000);
  const id = `msg_${time}_${Math.random()}`;
  const signature = createHmac('sha256', Buffer.alloc(32, 7)).update(`${id}.${time}.${body}`).digest('base64');
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': `${time}`,
    'webhook-signature': `v1,${signature}`,
  };
  return fetch(url, { method: 'POST', body, headers });
}

async function startPhotos(): Promise<Served> {
  const photo = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#3a7' } })
    .jpeg()
    .toBuffer();
  return serve((_request, response) => void response.writeHead(200, { 'content-type': 'image/jpeg' }).end(photo));
}
