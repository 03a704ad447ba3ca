import { describe, expect, it } from 'vitest';
import type { ArticleRef, Cursor } from '#src/core/signal.ts';
import { pageSource } from '#src/sources/page.ts';
import * as fake from '#tests/fakes/feed-server.ts';
import { paths, siteBench } from '#tests/fakes/site-bench.ts';
import type { SiteLanguage } from '#tests/fakes/site-pages.ts';

const bench = siteBench();
const settingsOf = (more: object = {}) => pageSource.settings.parse({ url: `${bench.site.url}/`, ...more });
const poll = (cursor: Cursor = null, more: object = {}) =>
  pageSource.poll(JSON.parse(JSON.stringify(cursor)), settingsOf(more), bench.tools);
const read = (ref: ArticleRef, more: object = {}) => pageSource.read(ref, settingsOf(more), bench.tools);
const html = { 'content-type': 'text/html; charset=utf-8' };
const serve = (body: string | Uint8Array, path = '/') => bench.site.routes.set(path, fake.answer(200, body, html));
const titled = '.news-list h3 a';

describe('robots.txt', () => {
  it('may forbid the list, some articles, or all of them', async () => {
    await bench.open({ robots: 'Disallow: /$' }, 8);
    await expect(poll()).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringMatching(/^robots\.txt of 127.* does not let Loa read/),
      next: expect.stringContaining('"Loa"'),
    });
    const later = async (robots: string) => {
      bench.site.robots = robots;
      bench.clock.advance(3_700_000);
    };
    await later('Disallow: /kinh-te/');
    const { refs, warnings } = await poll();
    expect(paths(refs).filter((path) => path.startsWith('/kinh-te/'))).toEqual([]);
    expect(warnings).toHaveLength(1);
    await later('Disallow: /*.html');
    await expect(poll()).rejects.toThrow('any of the 8 articles');
  });

  it('is kept to when an article is read, also behind a redirect', async () => {
    await bench.open({ robots: 'Disallow: /kin/' }, 8);
    const ref = (path: string): ArticleRef => ({
      externalId: path,
      url: bench.site.url + path,
      title: null,
      stamp: '',
      sign: 'changed',
      payload: null,
    });
    await expect(read(ref('/kin/a'))).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('does not let Loa read'),
    });
    bench.site.routes.set('/di', fake.redirect(302, '/kin/a'));
    serve('<p>x</p>', '/kin/a');
    await expect(read(ref('/di'))).rejects.toThrow('does not let Loa read');
    bench.site.routes.set('/robots.txt', fake.answer(503, ''));
    bench.clock.advance(3_700_000);
    await expect(read(ref('/kin/a'))).rejects.toThrow('does not let Loa read');
  });

  it('is asked for again where it cannot be read', async () => {
    await bench.open({}, 8);
    bench.site.routes.set('/robots.txt', fake.answer(503, ''));
    await expect(poll()).rejects.toThrow('robots.txt cannot be read');
  });

  it('sets the pace of articles', async () => {
    await bench.open({ robots: 'Crawl-delay: 30' }, 8);
    const { refs } = await poll(null, { links: titled });
    await expect(read(refs[0]!)).rejects.toMatchObject({ name: 'NotYet', at: bench.clock.now() + 30_000 });
    bench.clock.advance(30_000);
    expect(await read(refs[0]!)).toMatchObject({ kind: 'page' });
  });
});

describe('an article', () => {
  const first = async (more: object = {}) => (await poll(null, more)).refs.at(-1)!;

  it('says itself what it is called; the list helps where it does not', async () => {
    await bench.open({}, 8);
    const ref = await first({ links: titled, date: '.date' });
    expect(await read(ref)).toMatchObject({ kind: 'page', hints: {} });
    serve(`<p>${'Nước suối dâng cao trong đêm, bà con dời lên đồi. '.repeat(9)}</p>`, bench.site.stories[0]!.path);
    expect(await read(ref)).toMatchObject({
      hints: { headline: bench.site.stories[0]!.headline, publishedAt: expect.any(String) },
    });
  });

  it.each<[string, fake.Route, object]>([
    ['410', fake.answer(410, ''), { kind: 'gone', certain: true }],
    ['404', fake.answer(404, ''), { kind: 'gone', certain: false }],
    [
      'a way to the front page',
      fake.redirect(302, '/'),
      { kind: 'gone', certain: false, reason: expect.stringContaining('front page') },
    ],
    [
      'a way to its section',
      fake.redirect(302, '/thoi-su'),
      { kind: 'gone', certain: false, reason: expect.stringContaining('list of articles') },
    ],
    [
      'a page that says so',
      fake.answer(200, '<title>Không tìm thấy trang</title><h1>404</h1>', html),
      { kind: 'gone', certain: false },
    ],
  ])('is gone by %s', async (_name, route, expected) => {
    await bench.open({}, 24);
    const story = bench.site.stories.find(({ section }) => section === 'thoi-su')!;
    const ref = (await poll()).refs.find(({ url }) => url!.endsWith(story.path))!;
    bench.site.routes.set(story.path, route);
    expect(await read(ref)).toMatchObject(expected);
  });

  it('behind a wall is named, not stored', async () => {
    await bench.open({}, 8);
    const ref = await first();
    bench.site.routes.set(
      bench.site.stories[0]!.path,
      fake.answer(403, '<title>Just a moment...</title><script>_cf_chl_opt={}</script>', html),
    );
    await expect(read(ref)).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('a check for humans (Cloudflare)'),
    });
    bench.site.routes.set(bench.site.stories[0]!.path, fake.redirect(302, '/login'));
    serve('<title>Đăng nhập</title><form><input type="password"></form>', '/login');
    await expect(read(ref)).rejects.toThrow('shows a login');
  });

  it('that leaves the middle of the list is only looked at', async () => {
    await bench.open({}, 8);
    const before = await poll();
    const [removed] = bench.site.stories.splice(2, 1);
    const { refs } = await poll(before.cursor);
    expect(refs).toMatchObject([{ sign: 'gone', externalId: bench.site.url + removed!.path }]);
    bench.site.stories.push(removed!);
    expect(await read(refs[0]!)).toBeNull();
  });
});

describe('discovery', () => {
  const discover = async (path = '/') => {
    const url = bench.site.url + path;
    return pageSource.discover!({ url, html: await (await fetch(url)).text() }, bench.tools);
  };

  it.each<SiteLanguage>(['vi', 'th', 'ja'])(
    'in %s finds the front page’s list and a selector that a person could have written',
    async (language) => {
      await bench.open({ language }, 16);
      const [found] = await discover();
      expect(found).toMatchObject({ found: 'a list of 16 articles on the front page', needs: null });
      expect(found!.settings['links']).toMatch(/^[.\w #-]{4,40}$/);
      expect(found!.guesses['links']).toBe('it finds 16 of the 16 links that look like articles');
      const { refs } = await pageSource.poll(null, pageSource.settings.parse(found!.settings), bench.tools);
      expect(refs.map(({ title }) => title)).toEqual(bench.site.stories.map(({ headline }) => headline).reverse());
    },
  );

  it('prefers a section that lists more than the front page', async () => {
    await bench.open({}, 16);
    serve(`<nav><a href="/thoi-su">Tin tức</a></nav><main><h1>Báo</h1><p>Chào mừng.</p></main>`);
    expect(await discover()).toMatchObject([{ settings: { url: `${bench.site.url}/thoi-su` } }]);
  });

  it('finds nothing where nothing is, or may be', async () => {
    await bench.open({ robots: 'Disallow: /' }, 8);
    expect(await discover()).toEqual([]);
    await bench.open({}, 8);
    serve('<p>Xin chào.</p>');
    bench.clock.advance(3_700_000);
    expect(await discover()).toEqual([]);
  });
});
