import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createSeal } from '#src/core/seal.ts';
import { systemClock } from '#src/ops/clock.ts';
import { openSecretKey } from '#src/ops/secret-key.ts';
import { openLedger } from '#src/stores/postgres/open-ledger.ts';
import { embedded } from '#tests/e2e/backends.ts';
import { canaries, found } from '#tests/e2e/canaries.ts';
import { startServices, writtenSettings } from '#tests/e2e/canary-channels.ts';
import { loa, startLoa } from '#tests/e2e/loa.ts';
import { type Bench, withBench } from '#tests/e2e/newsroom-bench.ts';
import { signIn } from '#tests/e2e/sign-in.ts';
import { recordingAlerts } from '#tests/fakes/alerts.ts';
import { silentLog } from '#tests/fakes/log.ts';
import { story } from '#tests/fakes/newsroom.ts';

/** Everything that people and machines can ask for. */
async function everythingServed(get: Bench['get'], ids: string[]): Promise<[string, string][]> {
  const articles = ((await (await get('/api/v1/articles')).json()) as any).articles.map(({ id }: any) => id);
  const { deliveries } = (await (await get('/api/v1/deliveries?limit=1000')).json()) as any;
  const paths = [
    ...[
      '/',
      '/console',
      '/feeds',
      '/feeds/latest',
      '/feeds/latest.json',
      '/metrics',
      '/healthz',
      '/readyz',
      '/nowhere',
    ],
    ...[
      'status',
      'articles',
      'channels',
      'deliveries?limit=1000',
      'sources',
      'openapi.json',
      'backtest?days=1',
      'nothing',
    ].map((path) => `/api/v1/${path}`),
    ...articles.flatMap((id: string) => [
      `/console/articles/${id}`,
      `/api/v1/articles/${id}/trace`,
      `/api/v1/articles/${id}/preview`,
    ]),
    ...deliveries.map(({ id }: any) => `/api/v1/deliveries/${id}`),
    ...ids.flatMap((id) => [`/board/${id}`, `/channels/${id}/unsubscribe/${'x'.repeat(43)}`]),
    ...ids.slice(0, 70).map((id) => `/console/queues/api/queues?activeQueue=deliver-${id}&page=1&jobsPerPage=50`),
  ];
  const pages: [string, string][] = [];
  for (const path of paths) {
    const answer = await get(path);
    pages.push([path, JSON.stringify([...answer.headers]) + (await answer.text())]);
  }
  return pages;
}

/** All rows of all schemas, as text. */
async function dump(data: string): Promise<[string, string][]> {
  const store = await openLedger({
    data,
    database: 'embedded',
    alerts: recordingAlerts(),
    log: silentLog,
    clock: systemClock,
  } as any);
  try {
    const { rows: tables } = await sql<{ name: string }>`
      SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
       WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`.execute(
      store.database.db,
    );
    const all: [string, string][] = [];
    for (const { name } of tables) {
      const { rows } = await sql<{ row: string }>`SELECT t::text AS row FROM ${sql.raw(name)} t`.execute(
        store.database.db,
      );
      all.push([name, rows.map(({ row }) => row).join('\n')]);
    }
    return all;
  } finally {
    await store.close();
  }
}

/** Every file but the settings, as it lies there and unpacked. */
async function filesIn(folder: string): Promise<[string, Buffer][]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((one) => one.isFile() && one.name !== 'my.yaml');
  const all = files.map(async ({ parentPath, name }): Promise<[string, Buffer][]> => {
    const content = await readFile(join(parentPath, name));
    return name.endsWith('.gz')
      ? [
          [name, content],
          [`${name}, unpacked`, gunzipSync(content)],
        ]
      : [[name, content]];
  });
  return (await Promise.all(all)).flat();
}

test('no secret is told to anybody, whatever services do with it', async () => {
  const services = await startServices();
  const written = await writtenSettings(services);
  const ids = written.channels.map((one) => (one as { id: string }).id);
  const more = { summarizer: written.summarizer, guards: { deskWindow: '0s' } };
  const lines = Object.entries(more).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  await withBench(
    [story('cu')],
    async (bench) => {
      const told: [string, string | Buffer][] = [];
      const running = startLoa(['start', '--config', 'my.yaml', '--verbose'], { cwd: bench.folder, env });
      await running.printed(/watching/);
      const cookie = await signIn(running);
      const get = (path: string) => bench.get(path, { cookie, accept: 'text/html, application/json' });
      const json = async (path: string): Promise<any> => (await get(path)).json();
      await bench.until(async () => (await json('/feeds/latest.json')).items.length);
      bench.newsroom.stories.unshift(story('moi', { publishedAt: Date.now() }));
      await bench.until(async () => {
        const { deliveries } = await json('/api/v1/deliveries?limit=1000');
        const tried = deliveries.filter(({ attempts }: any) => attempts > 0).map(({ channel }: any) => channel);
        return ids.every((id) => tried.includes(id));
      });
      const run = JSON.parse(await readFile(join(bench.folder, 'data/run.json'), 'utf8'));
      const post = (path: string, body: unknown, headers: object = { authorization: `Bearer ${run.token}` }) =>
        fetch(bench.url + path, {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
      const tests = ids.map(async (id): Promise<[string, string]> => {
        return [`test of ${id}`, await (await post(`/api/v1/channels/${id}/test`, {})).text()];
      });
      told.push(...(await Promise.all(tests)));
      told.push([
        'a wrong push',
        await (await post('/ingest/cms', { id: '1' }, { 'webhook-signature': 'v1,AAAA' })).text(),
      ]);
      const wrong = { headers: { authorization: 'Bearer wrong' } };
      told.push(['a wrong token', await (await fetch(`${bench.url}/api/v1/status`, wrong)).text()]);
      for (const args of [
        ['doctor'],
        ['check'],
        ['channel', 'list'],
        ['delivery', 'list', '--json'],
        ['backup', 'by-hand.gz'],
      ]) {
        const { stdout, stderr } = await loa([...args, '--config', 'my.yaml'], { cwd: bench.folder, env });
        told.push([args.join(' '), stdout + stderr]);
      }
      told.push(...(await everythingServed(get, ids)));
      running.kill('SIGTERM');
      expect(await running.ended).toBe(0);
      told.push(
        ['the log', running.output()],
        ...(await filesIn(bench.folder)),
        ...(await dump(join(bench.folder, 'data'))),
      );

      // What is looked for is really there to be found.
      const settings = await readFile(join(bench.folder, 'my.yaml'));
      expect(found(settings).length).toBeGreaterThanOrEqual(Object.keys(canaries).length - 1);
      for (const teller of [...written.tellers, written.model, written.wordpress])
        expect(teller.told()).toBeGreaterThan(0);
      expect(written.smtp.record.length).toBeGreaterThan(0);
      const names = told.map(([name]) => name);
      expect(names).toEqual(
        expect.arrayContaining(['loa.channel_secrets', 'bullmq.job', 'by-hand.gz, unpacked', '/metrics']),
      );
      const seal = createSeal(await openSecretKey('', canaries.secretKey));
      const [, rows] = told.find(([name]) => name === 'loa.channel_secrets')!;
      const [sealed] = /v1\.[\w-]{40,}/.exec(String(rows))!;
      const of = /bluesky-[a-z-]+/.exec(
        String(rows)
          .split('\n')
          .find((row) => row.includes(sealed))!,
      )![0];
      expect(seal.open(sealed, of)).toContain('canary.access');
      const [, backup] = told.find(([name]) => name === 'by-hand.gz, unpacked')!;
      expect(String(backup)).not.toContain(sealed);

      const leaks = told.flatMap(([name, content]) => found(content).map((leak) => `${name}: ${leak}`));
      expect(leaks).toEqual([]);
    },
    {
      backend: { ...embedded, open: async () => ({ settings: lines.join('\n'), close: async () => {} }) },
      channels: written.lines(written.channels),
      sources: written.lines(written.sources),
    },
  );
});

const env = { LOA_SECRET_KEY: canaries.secretKey };
