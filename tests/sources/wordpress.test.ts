import { describe, expect, it } from 'vitest';
import { createHttp } from '#src/net/http-client.ts';
import { wordpressSource } from '#src/sources/wordpress.ts';
import { sourceContract } from '#tests/contracts/source-contract.ts';
import { cmsBench, minute, signs } from '#tests/fakes/cms-bench.ts';
import { manualClock } from '#tests/fakes/manual-clock.ts';
import { testSourceTools } from '#tests/fakes/source-tools.ts';
import { startWordpress } from '#tests/fakes/wordpress-server.ts';

const bench = cmsBench(wordpressSource, startWordpress, ({ url }) => ({ url }));

sourceContract(wordpressSource, async () => {
  const time = manualClock();
  const site = await startWordpress(() => time.now());
  const client = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'x', clock: time });
  return {
    settings: wordpressSource.settings.parse({ url: site.url }),
    tools: testSourceTools(client, time),
    clock: time,
    async publish(name, headline) {
      time.advance(minute);
      const id = name.length * 100 + name.charCodeAt(0);
      if (site.posts.some((post) => post.id === id)) site.edit(id, { title: headline });
      else site.post(id, { title: headline });
    },
    breakDown: async () => void (site.instead = { status: 500, body: 'x' }),
    async close() {
      await client.close();
      await site.close();
    },
  };
});

describe('finding the API', () => {
  it.each(['header', 'link', 'nothing'] as const)('where the front page tells it by %s', async (tells) => {
    bench.site.tells = tells;
    bench.site.post(1);
    expect(signs((await bench.poll()).refs)).toEqual(['post:1 changed']);
  });

  it.each(['header', 'nothing'] as const)('on a site without pretty addresses, told by %s', async (tells) => {
    bench.site.tells = tells;
    bench.site.isPlain = true;
    bench.site.post(1);
    const { refs, cursor } = await bench.poll();
    expect(signs(refs)).toEqual(['post:1 changed']);
    expect(await bench.poll(cursor)).toMatchObject({ unchanged: true, refs: [] });
  });

  it('finds it again where it has moved', async () => {
    bench.site.post(1);
    const { cursor } = await bench.poll();
    bench.site.isPlain = true;
    bench.site.tells = 'nothing';
    bench.site.post(2);
    expect(signs((await bench.poll(cursor)).refs)).toEqual(['post:2 changed']);
  });
});

describe('answers', () => {
  it.each([
    ['a byte order mark', '\uFEFF'],
    ['PHP warnings', '<br />\n<b>Warning</b>:  Undefined array key [3] in {closure} on line <b>12</b><br />\n'],
  ])('are read with %s before them', async (_what, noise) => {
    bench.site.noise = noise;
    bench.site.post(1, { title: 'Cầu [mới] {1}' });
    expect(await bench.readFirst()).toMatchObject({ hints: { headline: 'Cầu [mới] {1}' } });
  });

  it.each([401, 403, 404])('of a closed API (%i) let the feed stand in, with the same ids', async (status) => {
    bench.site.post(5, { content: `<p>${'Một đoạn văn dài. '.repeat(60)}</p>` });
    bench.site.closed = status;
    const first = await bench.poll();
    expect(signs(first.refs)).toEqual(['post:5 changed']);
    expect(first.warnings[0]).toMatch(new RegExp(`API of .* is closed \\(${status}\\); its feed .*/feed/ is read`));
    expect(await bench.read(first.refs[0])).toMatchObject({ hints: { headline: 'Tin 5' } });
    const second = await bench.poll(first.cursor);
    expect(second).toMatchObject({ unchanged: true, warnings: [] });
    bench.site.closed = null;
    let { cursor } = second;
    const warnings: string[] = [];
    for (let turn = 0; turn < 30; turn++) {
      const result = await bench.poll(cursor);
      warnings.push(...result.warnings);
      cursor = result.cursor;
    }
    expect(warnings).toEqual(['its API is open again']);
  });

  it('say so where there is neither an API nor a feed', async () => {
    bench.settings = wordpressSource.settings.parse({ url: `${bench.site.url}/blog/` });
    bench.site.closed = 404;
    bench.site.tells = 'nothing';
    await expect(bench.poll()).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringMatching(/shows its posts neither through an API \(404\) nor in a feed/),
      next: expect.stringContaining('WordPress'),
    });
  });

  it('are had with an application password, and never by another host', async () => {
    bench.site.login = 'doc:abcd efgh';
    bench.site.post(1);
    bench.settings = wordpressSource.settings.parse({ url: bench.site.url, username: 'doc', password: 'abcd efgh' });
    expect(signs((await bench.poll()).refs)).toEqual(['post:1 changed']);
    bench.settings = wordpressSource.settings.parse({ url: bench.site.url, username: 'doc', password: 'wrong' });
    await expect(bench.poll()).rejects.toMatchObject({
      message: expect.stringMatching(/does not let Loa in \(401\)/),
      next: expect.stringContaining('application password'),
    });
  });

  it.each([
    [{ status: 429, body: '', headers: { 'retry-after': '90' } }, 'PollRefused', /come back later \(429\)/],
    [{ status: 500, body: '{"code":"db"}' }, 'PollRefused', /has a fault \(500 db\)/],
    [{ status: 200, body: '<!doctype html><title>Bảo trì</title>' }, 'UserError', /a web page instead of JSON/],
    [{ status: 200, body: '{"posts":[]}' }, 'UserError', /something else instead of JSON/],
  ])('that are none are named: %j', async (instead, name, message) => {
    bench.site.post(1);
    const { cursor } = await bench.poll();
    bench.site.instead = instead;
    await expect(bench.poll(cursor)).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
    bench.site.instead = null;
    bench.site.post(2);
    expect(signs((await bench.poll(cursor)).refs)).toEqual(['post:2 changed']);
  });

  it('of a closed API let the feed of the wanted categories stand in', async () => {
    bench.site.post(1);
    bench.site.closed = 401;
    bench.settings.categories = ['thoi-su', 'the-thao'];
    await expect(bench.poll()).rejects.toThrow();
    expect(bench.site.requests.at(-1)?.query.get('category_name')).toBe('thoi-su,the-thao');
  });

  it('of an API that is closed later are waited for; then the feed tells what is new', async () => {
    bench.site.post(1);
    let { cursor } = await bench.poll();
    bench.site.closed = 403;
    bench.site.post(2);
    const told: unknown[] = [];
    for (let turn = 0; turn < 3; turn++) {
      const result = await bench.poll(cursor);
      told.push([signs(result.refs), result.warnings.length]);
      cursor = result.cursor;
    }
    expect(told).toEqual([
      [[], 1],
      [[], 0],
      [['post:2 changed'], 1],
    ]);
  });

  it('that never come end with the time that is given', async () => {
    bench.site.post(1);
    const { cursor } = await bench.poll();
    bench.site.isSilent = true;
    const slow = bench.poll(cursor);
    await expect.poll(() => bench.clock.sleepers(30_000)).toBe(1);
    bench.clock.advance(30_000);
    await expect(slow).rejects.toMatchObject({ kind: 'timeout' });
  });

  it('are few and short while nothing changes', async () => {
    for (let id = 1; id <= 20; id++) bench.site.post(id, { content: `<p>${'dài '.repeat(5000)}</p>` });
    let { cursor } = await bench.poll();
    bench.clock.advance(60 * minute);
    bench.site.post(21);
    ({ cursor } = await bench.poll(cursor));
    const before = bench.site.requests.length;
    await bench.poll(cursor);
    const asked = bench.site.requests.slice(before).map(({ query }) => query.get('_fields') ?? 'all');
    expect(asked).toEqual(['all', 'id,date_gmt']);
  });

  it('that are too large are refused', async () => {
    bench.site.post(1);
    const { cursor } = await bench.poll();
    bench.site.instead = { status: 200, body: Buffer.alloc(16 * 1024 * 1024, ' ') };
    await expect(bench.poll(cursor)).rejects.toMatchObject({ kind: 'too-large' });
  });
});

describe('discovery', () => {
  const discover = (html = '') => wordpressSource.discover!({ url: `${bench.site.url}/`, html }, bench.tools);

  it('finds a WordPress and shows its newest post', async () => {
    bench.site.post(1, { title: 'Cầu &#8220;mới&#8221;' });
    const [found] = await discover();
    expect(found).toEqual({
      settings: { url: `${bench.site.url}/` },
      found: 'a WordPress with 1 post, whole texts and photos with captions; the newest: “Cầu “mới””',
      guesses: {},
      needs: null,
    });
    expect(() => wordpressSource.settings.parse(found!.settings)).not.toThrow();
  });

  it('finds none where the API is closed, empty or not there', async () => {
    expect(await discover()).toEqual([]);
    bench.site.closed = 401;
    expect(await discover()).toEqual([]);
    bench.site.instead = { status: 200, body: '<!doctype html>' };
    expect(await discover()).toEqual([]);
  });
});
