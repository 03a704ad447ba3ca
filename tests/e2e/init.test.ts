/** From a site's address alone to feeds, with nothing written by hand. */
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '#src/ops/clock.ts';
import { freePort, inFolder, loa, startLoa } from '#tests/e2e/loa.ts';
import { siteStories, startSmallSite } from '#tests/fakes/small-site.ts';

test('the settings that init writes are right, and Loa runs with them', async () => {
  const stories = siteStories().map((story) => ({ ...story, caption: null }));
  const site = await startSmallSite({ feed: true, stories });
  try {
    await inFolder(async (cwd) => {
      const typed = site.url.replace('http://', '');
      const written = await loa(['init', typed, '--write', 'config/loa.yaml'], { cwd });
      expect(written).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('The settings are in config/loa.yaml.'),
      });
      expect(written.stderr).toContain('reading article 10 of 10');
      expect(await readFile(join(cwd, 'config/loa.yaml'), 'utf8')).toContain(`url: ${site.url}/rss`);
      expect(await loa(['init', typed, '--write', 'config/loa.yaml'], { cwd })).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('config/loa.yaml is there already'),
      });
      expect(await loa(['check'], { cwd })).toMatchObject({ code: 0 });

      const port = await freePort();
      // Others may listen at the usual port.
      await appendFile(join(cwd, 'config/loa.yaml'), `listen: 127.0.0.1:${port}\n`);
      const running = startLoa(['start'], { cwd });
      await running.printed(/watching/);
      const feed = async (id: string) => {
        const answer = await fetch(`http://127.0.0.1:${port}/feeds/${id}.json`);
        return answer.status === 200 ? ((await answer.json()) as { items: { title: string }[] }).items : [];
      };
      while ((await feed('latest')).length < 12) await systemClock.sleep(100);
      while ((await feed('van-hoa')).length < 4) await systemClock.sleep(100);
      running.kill('SIGTERM');
      expect(await running.ended).toBe(0);
    });
  } finally {
    await site.close();
  }
});
