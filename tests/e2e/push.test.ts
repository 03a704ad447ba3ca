import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { bothEnds, onRedis } from '#tests/e2e/backends.ts';
import { loa, root } from '#tests/e2e/loa.ts';
import { type Bench, withBench } from '#tests/e2e/newsroom-bench.ts';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const sources = `  - { id: cms, kind: push, secret: "\${env:PUSH_SECRET}", profile: vietnamese-portal }`;
const options = { sources, env: { PUSH_SECRET: secret } };

const article = {
  id: 'cho-dem',
  url: 'https://bao.example/tin/cho-dem',
  title: 'Chợ đêm Nà Hin mở lại sau hai mùa mưa',
  contentHtml:
    '<p>Tối 25/11, chợ đêm Nà Hin đón hơn 400 gian hàng trở lại.</p><p>Ban quản lý chợ giữ nguyên phí thuê chỗ đến hết năm.</p>',
  authors: ['Thu An'],
  sections: ['Thời sự'],
  publishedAt: new Date().toISOString(),
};

/** The script of docs/operations.md, as an operator would copy it. */
async function push(bench: Bench, content: unknown, by = secret): Promise<{ code: number; stdout: string }> {
  const docs = await readFile(join(root, 'docs/operations.md'), 'utf8');
  const [, script = ''] = /```js\n(\/\/ push\.mjs[\s\S]*?)```/.exec(docs) ?? [];
  await writeFile(join(bench.folder, 'push.mjs'), script);
  await writeFile(join(bench.folder, 'articles.json'), JSON.stringify(content));
  const args = ['push.mjs', `${bench.url}/ingest/cms`, 'articles.json'];
  const env = { cwd: bench.folder, env: { ...process.env, PUSH_SECRET: by } };
  return promisify(execFile)(process.execPath, args, env).then(
    ({ stdout }) => ({ code: 0, stdout }),
    ({ code, stdout }) => ({ code, stdout }),
  );
}

/** The same request as often as it is sent. */
function signed(body: string, id: string): RequestInit {
  const time = Math.floor(Date.now() / 1000);
  const key = Buffer.from(secret.slice(6), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${time}.${body}`).digest('base64');
  const headers = { 'webhook-id': id, 'webhook-timestamp': `${time}`, 'webhook-signature': `v1,${signature}` };
  return { method: 'POST', body, headers: { ...headers, 'content-type': 'application/json' } };
}

const entries = async (bench: Bench) => ((await (await bench.get('/feeds/latest.json')).json()) as any).items;

describe.for(bothEnds)('on $name', (backend) => {
  test('a signed article is in the feed and posted, once; an edit changes it, a deletion takes it back', () =>
    withBench(
      [],
      async (bench) => {
        const running = await bench.start();
        expect(await push(bench, article)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^202 /) });
        await running.printed(/new article "Chợ đêm Nà Hin mở lại sau hai mùa mưa": 2 feeds, posted to/);
        expect(await entries(bench)).toMatchObject([
          { title: article.title, url: article.url, authors: [{ name: 'Thu An' }] },
        ]);
        await bench.until(async () => bench.receiver.events.size === 1);

        const edit = JSON.stringify({ ...article, title: 'Chợ đêm Nà Hin mở lại với 430 gian hàng' });
        const request = signed(edit, 'msg_edit');
        expect((await fetch(`${bench.url}/ingest/cms`, request)).status).toBe(202);
        await running.printed(/changed article "Chợ đêm Nà Hin mở lại với 430 gian hàng" \(headline/);
        const again = await fetch(`${bench.url}/ingest/cms`, request);
        expect([again.status, await again.json()]).toEqual([202, { articles: 0, repeated: true }]);
        const { stdout } = await loa(['article', 'list', '--json', '--config', 'my.yaml'], {
          cwd: bench.folder,
          ...options,
        });
        expect(JSON.parse(stdout).articles).toMatchObject([
          { headline: 'Chợ đêm Nà Hin mở lại với 430 gian hàng', revision: 2 },
        ]);

        expect(await push(bench, { id: 'cho-dem', deleted: true })).toMatchObject({ code: 0 });
        await running.printed(/withdrawn "Chợ đêm Nà Hin mở lại với 430 gian hàng"/);
        await bench.until(async () => (await entries(bench)).length === 0);

        const metrics = await (await bench.get('/metrics')).text();
        expect(metrics).toContain('loa_pushes_total{source="cms",via="ingest",outcome="taken"} 3');
        expect(metrics).toContain('loa_pushes_total{source="cms",via="ingest",outcome="repeated"} 1');
      },
      { backend, ...options },
    ));
});

test('who does not know the secret is turned away, and the log says why', () =>
  withBench(
    [],
    async (bench) => {
      const running = await bench.start();
      const other = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
      expect(await push(bench, article, other)).toMatchObject({ code: 1, stdout: expect.stringMatching(/^401 /) });
      expect(await push(bench, { ...article, tittle: 'x' })).toMatchObject({
        code: 1,
        stdout: expect.stringMatching(/^400 .*"tittle\\" is not known here.*Did you mean \\"title\\"/),
      });
      await running.printed(/a request to \/ingest\/cms was refused: .*another secret/);
      expect(running.output()).not.toContain(secret);
      expect(await bench.until(async () => (await entries(bench)).length === 0)).toBe(true);
    },
    options,
  ));

test.skipIf(!onRedis.here)('a process that only serves takes what the others read', () =>
  withBench(
    [],
    async (bench) => {
      await bench.start('web');
      const worker = await bench.start('poll,read,photos,feeds,deliver');
      expect(await push(bench, article)).toMatchObject({ code: 0 });
      await worker.printed(/new article "Chợ đêm Nà Hin mở lại sau hai mùa mưa"/);
      await bench.until(async () => (await entries(bench)).length === 1);
    },
    { backend: onRedis, ...options },
  ),
);

test('a secret that could be guessed is a mistake of the settings', () =>
  withBench(
    [],
    async (bench) => {
      const check = () => loa(['check', '--config', 'my.yaml'], { cwd: bench.folder, env: { PUSH_SECRET: 'short' } });
      const { code, stdout, stderr } = await check();
      expect(code).toBe(1);
      expect(stdout + stderr).toMatch(/sources\.2\.secret.*12 characters.*openssl rand/);
    },
    options,
  ));
