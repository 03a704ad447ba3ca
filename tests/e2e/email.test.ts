import { expect, test } from 'vitest';
import { loa } from '#tests/e2e/loa.ts';
import { withBench } from '#tests/e2e/newsroom-bench.ts';
import { story } from '#tests/fakes/newsroom.ts';
import { startSmtp } from '#tests/fakes/smtp-server.ts';

test('a list gets each article by mail once, with its photos, and one click leads out of it for good', async () => {
  const account = { user: 'tin@bao.example', password: 'canary-of-the-password' };
  const smtp = await startSmtp(account);
  const channels = `
  - id: ban-tin
    kind: email
    pace: { settle: 0s }
    settings:
      host: 127.0.0.1
      port: ${smtp.port}
      user: tin@bao.example
      password: "\${env:SMTP_PASSWORD}"
      from: "Báo Thử <tin@bao.example>"
      to: [an@hop-thu.example, binh@hop-thu.example]
      testTo: truc-ban@bao.example`;
  await withBench(
    [story('cu-nhat')],
    async (bench) => {
      const running = await bench.start();
      const inFolder = { cwd: bench.folder, env: { SMTP_PASSWORD: account.password } };
      const run = (...args: string[]) => loa([...args, '--config', 'my.yaml'], inFolder);
      await bench.until(async () => ((await (await bench.get('/feeds/latest.json')).json()) as any).items.length === 1);

      const tried = await run('channel', 'test', 'ban-tin');
      expect(tried.stderr).toBe('');
      expect(tried).toMatchObject({ code: 0, stdout: expect.stringContaining('truc-ban@bao.example') });
      expect(smtp.record.splice(0).map(({ to }) => to)).toEqual(['truc-ban@bao.example']);

      bench.newsroom.stories.unshift(story('moi', { publishedAt: Date.now() - 1000 }));
      await bench.until(async () => smtp.record.length === 2);
      const [mail] = smtp.record;
      expect(smtp.record.map(({ to }) => to).sort()).toEqual(['an@hop-thu.example', 'binh@hop-thu.example']);
      expect(mail!.subject).toBe('Khánh thành trạm bơm moi');
      expect(mail!.text).toContain('Người dân thử nước tại bể chứa.');
      const picture = /<img src="([^"]+)"/.exec(mail!.html)![1]!;
      expect((await fetch(picture)).headers.get('content-type')).toBe('image/jpeg');

      const an = smtp.record.find(({ to }) => to === 'an@hop-thu.example')!;
      const link = /<(http:[^>]+)>/.exec(an.headers.get('list-unsubscribe')![0]!)![1]!;
      expect(await (await fetch(link)).text()).toContain('Hủy đăng ký');
      const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
      expect((await fetch(link, { method: 'POST', body, redirect: 'error' })).status).toBe(200);
      expect((await run('channel', 'optouts', 'ban-tin')).stdout).toContain('an@hop-thu.example');

      bench.newsroom.stories.unshift(story('nua', { publishedAt: Date.now() - 1000 }));
      await bench.until(async () => smtp.record.length === 3);
      expect(smtp.record[2]!.to).toBe('binh@hop-thu.example');
      const rows = JSON.parse((await run('delivery', 'list', '--json')).stdout).deliveries;
      const skipped = rows.filter((row: { reason: string }) => row.reason === 'unsubscribed');
      expect(skipped).toMatchObject([{ state: 'skipped' }]);

      const removed = await run('channel', 'optouts', 'ban-tin', '--remove', 'AN@hop-thu.example');
      expect(removed.stdout).toContain('Nobody has left');
      expect(running.output()).not.toContain(account.password);
    },
    { channels, env: { SMTP_PASSWORD: account.password } },
  );
  await smtp.close();
});
