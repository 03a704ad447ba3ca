import { describe, expect, test } from 'vitest';
import { init, kept } from '#tests/commands/init-bench.ts';
import { answer, type FeedServer, redirect, startFeedServer } from '#tests/fakes/feed-server.ts';
import { siteStories, startRedirect, startSmallSite, storyPath } from '#tests/fakes/small-site.ts';

describe('a site that cannot be watched ends with 1, what was tried and what to do', () => {
  const html = (body: string) =>
    answer(200, `<!doctype html><html><head><title>Báo</title></head><body>${body}</body></html>`, {
      'content-type': 'text/html',
    });
  const started = async (front?: ReturnType<typeof answer>): Promise<FeedServer> => {
    const site = await kept(startFeedServer());
    if (front) site.on('/', front);
    return site;
  };
  const fails = async (address: string) => {
    const { code, out, err } = await init(address);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    return err;
  };

  test('no such host', async () => {
    const err = await fails('khong-co.invalid');
    expect(err).toContain('The name khong-co.invalid cannot be found');
    expect(err).toContain('Open the address in a browser');
  });

  test('nobody there, or only a network that nobody typed', async () => {
    const site = await kept(startFeedServer());
    const { port } = new URL(site.url);
    await site.close();
    expect(await fails(`127.0.0.1:${port}`)).toContain(`Tried: https://127.0.0.1:${port}/, http://127.0.0.1:${port}/`);
    const leads = await kept(startRedirect('http://10.255.255.1/'));
    expect(await fails(leads.url)).toMatch(/10\.255\.255\.1 was not asked.*\nGive the public address/);
  });

  test('nothing found at all', async () => {
    const err = await fails(
      (await started(html('<h1>Xin chào</h1><p>Trang này đang được xây dựng, mời bạn trở lại sau.</p>'))).url,
    );
    expect(err).toContain('No way to watch');
    expect(err).toMatch(/Tried: .*feed.*wordpress.*ghost.*sitemap.*page/s);
    expect(err).toContain('folder source');
  });

  test('a page that only scripts can fill', async () => {
    const err = await fails((await started(html('<div id="root"></div><script src="/app.js"></script>'))).url);
    expect(err).toContain('is built by JavaScript');
  });

  test('what is no web page', async () => {
    const json = await started(answer(200, '{"ok":true}', { 'content-type': 'application/json' }));
    expect(await fails(json.url)).toContain('does not answer with a web page');
    const picture = await started(
      answer(200, Buffer.from([0xff, 0xd8, 0xff, 0, 1, 2, 3, 4, 5, 6]), { 'content-type': 'image/jpeg' }),
    );
    expect(await fails(picture.url)).toContain('the bytes of a file');
  });

  test('robots.txt that keeps robots out', async () => {
    const site = await kept(startSmallSite({ feed: true, robots: 'User-agent: *\nDisallow: /\n' }));
    const err = await fails(site.url);
    expect(err).toContain('asks robots to stay away');
    expect(err).toContain('User-agent: Loa');
    expect(site.requests.map(({ path }) => path)).toEqual(['/robots.txt']);
  });

  test('robots.txt that cannot be read', async () => {
    const site = await started(html(''));
    site.on('/robots.txt', answer(503, 'later'));
    expect(await fails(site.url)).toContain('/robots.txt answers 503');
  });

  test('a login, a refusal, a redirect without end', async () => {
    expect(await fails((await started(answer(403, 'no', { 'content-type': 'text/html' }))).url)).toContain(
      'refuses Loa (403)',
    );
    expect(await fails((await started(answer(401, 'no', { 'content-type': 'text/html' }))).url)).toContain('401');
    const loop = await started(redirect(302, '/'));
    expect(await fails(loop.url)).toContain('sends on and on');
  });

  test('articles that robots.txt forbids', async () => {
    const site = await kept(startSmallSite({ robots: 'User-agent: *\nDisallow: /doi-song/\n' }));
    expect(await fails(site.url)).toMatch(/robots\.txt/);
    expect(site.requests.some(({ path }) => path === storyPath(siteStories()[0]!))).toBe(false);
  });
});
