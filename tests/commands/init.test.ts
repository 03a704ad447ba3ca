import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cwd, init, kept } from '#tests/commands/init-bench.ts';
import { answer } from '#tests/fakes/feed-server.ts';
import { runCommand } from '#tests/fakes/run-command.ts';
import { frontPage, siteFeed, siteStories, startRedirect, startSmallSite, storyPath } from '#tests/fakes/small-site.ts';
import { startWordpress } from '#tests/fakes/wordpress-server.ts';

/** Enough where it is not the articles that matter. */
const few = siteStories().slice(0, 3);

describe('a site', () => {
  test('with a feed is watched by it; its articles are read from their pages', async () => {
    const site = await kept(startSmallSite({ feed: true, sitemap: true }));
    const { told, settings, text, err } = await init(site.url);
    expect(Object.keys(told)).toEqual(['found', 'used', 'articles', 'settings']);
    expect(told.found.map(({ kind }: { kind: string }) => kind)).toEqual(expect.arrayContaining(['feed', 'sitemap']));
    expect(told.used).toMatchObject({ kind: 'feed', settings: { url: `${site.url}/rss` } });
    expect(told.articles).toHaveLength(10);
    expect(told.articles[0]).toMatchObject({
      headline: 'Thôn Nà Mười có nhà sinh hoạt mới số 12',
      byline: ['Thu An', 'Quốc Bảo'],
      photos: [{ caption: 'Người dân Nà Mười trong ngày khánh thành.', credit: 'Thu An' }],
    });
    expect(told.settings).toBe(text);
    expect(settings).toMatchObject({
      site: { name: 'Báo Bản Làng', url: site.url, language: 'vi', timezone: 'Asia/Ho_Chi_Minh' },
      sources: [{ id: 'site', kind: 'feed', url: `${site.url}/rss`, profile: 'auto' }],
      feeds: [
        { id: 'latest' },
        { id: 'doi-song', only: { section: ['Đời sống'] } },
        { id: 'van-hoa', title: 'Văn hóa' },
      ],
      channels: [{ id: 'board', kind: 'board' }],
      network: { allow: ['127.0.0.1/32'] },
    });
    expect(text).toMatch(/# guessed from the front page’s og:site_name\n +name: Báo Bản Làng/);
    expect(text).toMatch(/# guessed from the language: .*\n +timezone: Asia\/Ho_Chi_Minh/);
    expect(err).toContain('feed: reading article 10 of 10 …');
  });

  test('with nothing but a sitemap is watched by it', async () => {
    const site = await kept(startSmallSite({ sitemap: true, front: frontPage([]) }));
    const { told, settings } = await init(site.url);
    expect(told.used.kind).toBe('sitemap');
    expect(told.articles.length).toBeGreaterThan(0);
    expect(settings.sources).toMatchObject([{ kind: 'sitemap', url: `${site.url}/` }]);
  });

  test('with nothing but a front page is watched by that', async () => {
    const site = await kept(startSmallSite());
    const { told } = await init(site.url);
    expect(told.used.kind).toBe('page');
    expect(told.articles.map(({ headline }: { headline: string }) => headline)).toContain(
      'Thôn Nà Mười có nhà sinh hoạt mới số 12',
    );
  });

  test('made with WordPress is watched by its API where its feed cannot be', async () => {
    const site = await kept(startWordpress(Date.now));
    for (let id = 1; id < 4; id++) {
      const [story] = siteStories(1);
      site.post(id, {
        title: `${story!.headline} ${id}`,
        content: story!.paragraphs.map((text) => `<p>${text}</p>`).join(''),
      });
    }
    const { told, settings } = await init(site.url);
    expect(told.found.map(({ kind }: { kind: string }) => kind)).toContain('wordpress');
    expect(['feed', 'wordpress']).toContain(settings.sources[0].kind);
    expect(told.articles).toHaveLength(3);
  });

  test('made with Ghost, whose key nobody gave, is watched by what is next best, and the key is named', async () => {
    const stories = siteStories();
    const front = frontPage(stories, { head: '<meta name="generator" content="Ghost 6.2">' });
    const site = await kept(startSmallSite({ front }));
    const { told, text } = await init(site.url);
    expect(told.found.find(({ kind }: { kind: string }) => kind === 'ghost')).toMatchObject({
      used: false,
      failure: expect.stringContaining('Content API key'),
    });
    expect(told.used.kind).toBe('page');
    expect(text).not.toContain('GHOST');
  });

  test('of Ghost alone, whose key nobody gave, ends with where to get it', async () => {
    const front = await kept(
      startSmallSite({ front: frontPage([], { head: '<meta name="generator" content="Ghost 6.2">' }) }),
    );
    const { code, err } = await init(front.url);
    expect(code).toBe(1);
    expect(err).toMatch(/ghost: .*it needs a Content API key/);
    expect(err).toContain('docs/configuration.md, kind ghost');
  });

  test('in windows-1258 is read right', async () => {
    const site = await kept(startSmallSite({ charset: 'windows-1258' }));
    const { told, settings } = await init(site.url);
    expect(settings.site.name).toBe('Báo Bản Làng');
    expect(told.articles[0].headline).toBe('Thôn Nà Mười có nhà sinh hoạt mới số 12');
  });

  test('behind a redirect is written down as it answers', async () => {
    const site = await kept(startSmallSite({ feed: true, stories: few }));
    const old = await kept(startRedirect(`${site.url}/`));
    const { settings, text } = await init(old.url);
    expect(settings.site.url).toBe(site.url);
    expect(text).toContain(`# where ${old.url}/ leads\n  url: ${site.url}\n`);
    expect(settings.sources[0].url).toBe(`${site.url}/rss`);
  });

  test('may be typed without https, and with a path', async () => {
    const site = await kept(startSmallSite({ feed: true, stories: few }));
    site.on('/doi-song/', answer(200, frontPage([]), { 'content-type': 'text/html' }));
    const host = site.url.replace('http://', '');
    expect((await init(host)).settings.site.url).toBe(site.url);
    const { settings } = await init(`${host}/doi-song/`);
    expect(settings).toMatchObject({ site: { url: site.url }, sources: [{ kind: 'feed' }] });
  });

  test('may be named by its feed', async () => {
    const site = await kept(startSmallSite({ feed: true, stories: few }));
    site.on('/tin.xml', answer(200, siteFeed(siteStories(), site.url), { 'content-type': 'application/rss+xml' }));
    const { settings } = await init(`${site.url}/tin.xml`);
    expect(settings.sources[0]).toMatchObject({ kind: 'feed', url: `${site.url}/tin.xml` });
    expect(settings.site.name).toBe('Báo Bản Làng');
  });

  test('whose feed leads nowhere is watched by what works', async () => {
    const site = await kept(startSmallSite({ feed: true }));
    const broken = siteFeed(siteStories(), site.url)
      .replaceAll('/doi-song/', '/khong-co/')
      .replaceAll(/<description>.*?<\/description>/g, '');
    site.on('/rss', answer(200, broken, { 'content-type': 'application/rss+xml' }));
    const { told } = await init(site.url);
    expect(told.used.kind).toBe('page');
    expect(told.found.find(({ kind }: { kind: string }) => kind === 'feed')?.failure).toMatch(/could be read/);
  });

  test('whose feed leads to empty pages is watched by what holds texts', async () => {
    const site = await kept(startSmallSite({ feed: true, sitemap: true }));
    for (const story of siteStories())
      site.on(
        `/vo${storyPath(story)}`,
        answer(
          200,
          '<!doctype html><html><head><title>Báo</title></head><body><div id="app"></div><script src="/app.js"></script></body></html>',
          { 'content-type': 'text/html' },
        ),
      );
    const shells = siteFeed(siteStories(), `${site.url}/vo`).replaceAll(/<description>.*?<\/description>/g, '');
    site.on('/rss', answer(200, shells, { 'content-type': 'application/rss+xml' }));
    const { told } = await init(site.url);
    expect(told.found.find(({ kind }: { kind: string }) => kind === 'feed')?.failure).toMatch(/newest articles/);
    expect(told.used.kind).toBe('sitemap');
  });

  test('cannot put a secret of this machine into its settings', async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what the settings file would fill in.
    const name = '${env:HOME} ${file:/etc/passwd}';
    const site = await kept(
      startSmallSite({ front: frontPage(siteStories(), { head: `<meta property="og:site_name" content="${name}">` }) }),
    );
    const { settings } = await init(site.url);
    expect(settings.site.name).toBe('{env:HOME} {file:/etc/passwd}');
  });
});

describe('told to a person', () => {
  test('it says what was found, what is used and why, shows the articles, and what it would write', async () => {
    const site = await kept(startSmallSite({ feed: true, sitemap: true }));
    const { code, out } = await runCommand(['init', site.url], { cwd });
    expect(code).toBe(0);
    expect(out).toContain(`${site.url} is “Báo Bản Làng”: language vi, times in Asia/Ho_Chi_Minh.`);
    expect(out).toMatch(/^\* feed +.*\/rss\)$/m);
    expect(out).toMatch(/^ {2}sitemap /m);
    expect(out).toContain('The last 10 articles as Loa understands them');
    expect(out).toContain('10 read, 10 with photos, 10 of 10 photos with captions, 10 doubts');
    expect(out).toContain(`To write them: loa init ${site.url} --write config/loa.yaml`);
    expect(existsSync(join(cwd, 'config'))).toBe(false);
  });

  test('a file that is there is never written over', async () => {
    writeFileSync(join(cwd, 'mine.yaml'), 'mine\n');
    const { code, err } = await runCommand(['init', 'https://bao.example', '--write', 'mine.yaml'], { cwd });
    expect({ code, err }).toEqual({
      code: 1,
      err: 'mine.yaml is there already and was left as it is.\nName another file, or move that one away first.',
    });
    expect(readFileSync(join(cwd, 'mine.yaml'), 'utf8')).toBe('mine\n');
  });

  test('wrong usage is told so', async () => {
    expect(await runCommand(['init'], { cwd })).toMatchObject({ code: 2, out: '' });
    expect(await runCommand(['init', 'a.example', 'b.example'], { cwd })).toMatchObject({ code: 2 });
    expect(await runCommand(['init', 'ftp://bao.example'], { cwd })).toMatchObject({ code: 1 });
  });
});
