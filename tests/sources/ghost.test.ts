import { describe, expect, it } from 'vitest';
import { createHttp } from '#src/net/http-client.ts';
import { ghostSource } from '#src/sources/ghost.ts';
import { sourceContract } from '#tests/contracts/source-contract.ts';
import { cmsBench, minute, signs } from '#tests/fakes/cms-bench.ts';
import { startGhost } from '#tests/fakes/ghost-server.ts';
import { manualClock } from '#tests/fakes/manual-clock.ts';
import { testSourceTools } from '#tests/fakes/source-tools.ts';

const bench = cmsBench(ghostSource, startGhost, ({ url, key }) => ({ url, key }));

sourceContract(ghostSource, async () => {
  const time = manualClock();
  const site = await startGhost(() => time.now());
  const client = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'x', clock: time });
  return {
    settings: ghostSource.settings.parse({ url: site.url, key: site.key }),
    tools: testSourceTools(client, time),
    clock: time,
    async publish(name, headline) {
      time.advance(minute);
      if (site.posts.some(({ id }) => id === name)) site.edit(name, { title: headline });
      else site.post(name, { title: headline });
    },
    breakDown: async () => void (site.instead = { status: 502, body: 'x' }),
    async close() {
      await client.close();
      await site.close();
    },
  };
});

describe('polling', () => {
  it('takes the newest at first, then what is new or edited, and asks conditionally', async () => {
    for (let id = 10; id < 70; id++) bench.site.post(`p${id}`);
    const first = await bench.poll();
    expect(first.refs).toHaveLength(50);
    const second = await bench.poll(first.cursor);
    // All were edited in the same five minutes: those that were older than the first look's are new to Loa.
    const third = await bench.poll(second.cursor);
    expect(third).toMatchObject({ unchanged: true, refs: [] });
    bench.clock.advance(60 * minute);
    bench.site.post('moi');
    bench.site.edit('p65', { title: 'Tin p65, sửa' });
    const fourth = await bench.poll(third.cursor);
    expect(signs(fourth.refs).sort()).toEqual(['post:moi changed', 'post:p65 changed']);
    const fifth = await bench.poll(fourth.cursor);
    expect(fifth).toMatchObject({ unchanged: true });
    const sixth = await bench.poll(fifth.cursor);
    expect(sixth).toMatchObject({ unchanged: true });
    expect(
      bench.site.requests.at(-1)?.headers['if-none-match'] ?? bench.site.requests.at(-2)?.headers['if-none-match'],
    ).toMatch(/^W\//);
    expect(JSON.stringify(sixth.cursor)).not.toContain(bench.site.key);
  });

  it('finds every page of a great many edits', async () => {
    bench.site.post('a');
    const { cursor } = await bench.poll();
    bench.clock.advance(60 * minute);
    for (let id = 100; id < 330; id++) bench.site.post(`p${id}`);
    const second = await bench.poll(cursor);
    expect(second.refs).toHaveLength(230);
    expect((await bench.poll(second.cursor)).refs).toEqual([]);
  });

  it('tells of what is unpublished or deleted, and looks once more', async () => {
    for (const id of ['a', 'b', 'c', 'd']) bench.site.post(id);
    const { cursor } = await bench.poll();
    bench.site.edit('b', { status: 'draft' });
    const { refs } = await bench.pollThrice(cursor);
    expect(signs(refs)).toEqual(['post:b gone']);
    expect(await bench.read(refs[0])).toMatchObject({ kind: 'gone', certain: true });
    bench.site.edit('b', { status: 'published' });
    expect(await bench.read(refs[0])).toBeNull();
  });

  it.each([
    [
      { status: 401, body: '{"errors":[{"type":"UnauthorizedError"}]}' },
      /refuses Loa \(401 UnauthorizedError\)/,
      /Content API key/,
    ],
    [{ status: 404, body: '<!doctype html>' }, /is not there \(404\)/, /API URL/],
    [{ status: 200, body: '<!doctype html><title>x</title>' }, /a web page instead of JSON/, /Open the site/],
  ])('names %j', async (instead, message, next) => {
    bench.site.instead = instead;
    await expect(bench.poll()).rejects.toMatchObject({
      message: expect.stringMatching(message),
      next: expect.stringMatching(next),
    });
    await expect(bench.poll()).rejects.not.toThrow(bench.site.key);
  });

  it('comes back when it is told to', async () => {
    bench.site.instead = { status: 429, body: '{}', headers: { 'retry-after': '90' } };
    const at = bench.clock.now();
    await expect(bench.poll()).rejects.toMatchObject({ name: 'PollRefused', retryAt: at + 90_000 });
  });

  it('refuses the key of the other API before it is used', () => {
    const wrong = ghostSource.settings as typeof ghostSource.settings & { safeParse(value: unknown): any };
    expect(wrong.safeParse({ url: bench.site.url, key: '64f0c0ffee:64f0c0ffee64f0c0ffee' }).success).toBe(false);
  });
});

describe('discovery', () => {
  const discover = (head: string) =>
    ghostSource.discover!({ url: `${bench.site.url}/`, html: `<head>${head}</head>` }, bench.tools);
  const generator = '<meta name="generator" content="Ghost 6.2">';

  it('finds a Ghost with the key its theme hands out', async () => {
    bench.site.post('a', { title: 'Chợ nổi' });
    const portal = `<script defer src="https://cdn.example/portal.min.js" data-ghost="${bench.site.url}/" data-key="${bench.site.key}" data-api="${bench.site.url}/ghost/api/content/"></script>`;
    expect(await discover(generator + portal)).toEqual([
      {
        settings: { url: `${bench.site.url}/`, key: bench.site.key },
        found: 'a Ghost with 1 post, whole texts and photos with captions; the newest: “Chợ nổi”',
        guesses: { key: expect.any(String) },
        needs: null,
      },
    ]);
    const search = `<script src="https://cdn.example/sodo-search.min.js" data-key="${bench.site.key}" data-sodo-search="${bench.site.url}/"></script>`;
    expect(await discover(search)).toMatchObject([{ settings: { key: bench.site.key }, needs: null }]);
  });

  it('says what is missing where there is no key, or a wrong one', async () => {
    const wrong = `<script data-key="0123456789abcdef" data-api="${bench.site.url}/ghost/api/content/"></script>`;
    for (const head of [generator, wrong]) {
      const [found] = await discover(head);
      expect(found?.needs).toMatch(/^a Content API key/);
      expect(() => ghostSource.settings.parse(found!.settings)).not.toThrow();
    }
  });

  it('finds none elsewhere', async () => {
    expect(await discover('<meta name="generator" content="WordPress 6.9">')).toEqual([]);
    expect(bench.site.requests).toEqual([]);
  });
});
