import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loa } from '#tests/e2e/loa.ts';
import { withBench } from '#tests/e2e/newsroom-bench.ts';
import { startBluesky } from '#tests/fakes/bluesky-server.ts';
import { story } from '#tests/fakes/newsroom.ts';

test('a new article is posted on Bluesky as it was previewed, corrected by a reply and taken back; no secret is on the disk', async () => {
  const server = await startBluesky();
  const { handle, appPassword } = server.account;
  const account = `settings: { service: "${server.url}", identifier: ${handle}, appPassword: "${appPassword}" }`;
  const channels = `  - { id: bsky, kind: bluesky, ${account}, corrections: reply, pace: { settle: 0s, gap: 0s } }`;
  try {
    await withBench(
      [story('cu')],
      async (bench) => {
        const running = await bench.start();
        await bench.until(async () => ((await (await bench.get('/feeds/latest.json')).json()) as any).items.length);
        bench.newsroom.stories.unshift(story('moi', { publishedAt: Date.now() }));
        const posted = await bench.until(async () => server.record[0]);
        const { value } = server.posts.get(posted.key)!;
        expect(value.langs).toEqual(['vi']);
        expect(value.embed.images.map(({ alt }: any) => alt)).toEqual([
          'Người dân thử nước tại bể chứa. (Thu An)',
          'Trạm bơm nhìn từ cầu treo. (Quốc Bảo)',
        ]);
        await running.printed(/new article .*posted to bsky/);

        const { stdout } = await loa(['article', 'list', '--json', '--config', 'my.yaml'], { cwd: bench.folder });
        const { id } = JSON.parse(stdout).articles[0];
        const shown = await loa(['preview', id, '--channel', 'bsky', '--config', 'my.yaml'], { cwd: bench.folder });
        expect(shown.stdout).toContain(posted.text);

        bench.newsroom.stories[0] = { ...bench.newsroom.stories[0]!, headline: 'Trạm bơm moi cấp nước cho 290 hộ' };
        const reply = await bench.until(async () => server.record[1]);
        expect(reply).toMatchObject({ op: 'create', text: expect.stringContaining('290 hộ') });
        expect(server.posts.get(reply.key)!.value.reply.root).toMatchObject({ cid: posted.cid });

        bench.newsroom.stories.shift();
        bench.newsroom.gone.add('moi');
        const gone = await bench.until(async () => server.record.find(({ op }) => op === 'delete'));
        expect(gone.key).toBe(posted.key);
        expect(server.sessions.logins).toHaveLength(1);
        running.kill('SIGTERM');
        await running.ended;
        expect(running.output()).not.toContain('canary');
        const files = await readdir(join(bench.folder, 'data'), { recursive: true, withFileTypes: true });
        for (const file of files.filter((one) => one.isFile())) {
          const bytes = await readFile(join(file.parentPath, file.name));
          expect(bytes.includes('canary'), file.name).toBe(false);
        }
      },
      { channels },
    );
  } finally {
    await server.close();
  }
});
