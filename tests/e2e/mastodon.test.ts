import { expect, test } from 'vitest';
import { backends } from '#tests/e2e/backends.ts';
import { loa } from '#tests/e2e/loa.ts';
import { withBench } from '#tests/e2e/newsroom-bench.ts';
import { startMastodon } from '#tests/fakes/mastodon-server.ts';
import { story } from '#tests/fakes/newsroom.ts';

const token = 'token-of-the-newsroom';

test.for(backends)(
  'on $name a new article is posted on Mastodon with its captioned photos, corrected in place and taken back',
  async (backend) => {
    const server = await startMastodon({ token, now: () => Date.now(), polls: 1 });
    const account = `settings: { baseUrl: "${server.url}", accessToken: "${token}" }`;
    const channels = `  - { id: fedi, kind: mastodon, ${account}, pace: { settle: 0s, gap: 0s } }`;
    try {
      await withBench(
        [story('cu')],
        async (bench) => {
          const running = await bench.start();
          await bench.until(async () => ((await (await bench.get('/feeds/latest.json')).json()) as any).items.length);
          bench.newsroom.stories.unshift(story('moi', { publishedAt: Date.now() }));
          const posted = await bench.until(async () => server.seen[0]);
          expect(posted.status).toMatchObject({ language: 'vi', status: expect.stringContaining('trạm bơm moi') });
          expect(posted.status.media_attachments.map(({ type, description }) => [type, description])).toEqual([
            ['image/jpeg', 'Người dân thử nước tại bể chứa. (Thu An)'],
            ['image/jpeg', 'Trạm bơm nhìn từ cầu treo. (Quốc Bảo)'],
          ]);
          await running.printed(/new article .*posted to fedi/);

          const { stdout } = await loa(['article', 'list', '--json', '--config', 'my.yaml'], { cwd: bench.folder });
          const { id } = JSON.parse(stdout).articles[0];
          const shown = await loa(['preview', id, '--channel', 'fedi', '--config', 'my.yaml'], { cwd: bench.folder });
          expect(shown.stdout).toContain('fedi (mastodon)');
          expect(shown.stdout).toContain(posted.status.status);

          bench.newsroom.stories[0] = { ...bench.newsroom.stories[0]!, headline: 'Trạm bơm moi cấp nước cho 290 hộ' };
          const edited = await bench.until(async () => server.seen[1]);
          expect(edited).toMatchObject({ what: 'edited', status: { id: posted.status.id } });
          expect(edited.status.status).toContain('290 hộ');
          expect(edited.status.media_attachments).toEqual(posted.status.media_attachments);

          bench.newsroom.stories.shift();
          bench.newsroom.gone.add('moi');
          const gone = await bench.until(async () => server.seen[2]);
          expect(server.requests.slice(0, 2)).toContain('GET /api/v2/instance');
          expect(gone).toMatchObject({ what: 'deleted', status: { id: posted.status.id } });
          expect(server.uploads).toHaveLength(2);
          expect(running.output()).not.toContain(token);
        },
        { channels, backend },
      );
    } finally {
      await server.close();
    }
  },
);
