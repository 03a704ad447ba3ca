/** Sites without a feed, watched by the real command: by their sitemap, and by their front page. */
import { expect, test } from 'vitest';
import { loa } from '#tests/e2e/loa.ts';
import { type OneSource, withOneSource } from '#tests/e2e/one-source.ts';
import * as fake from '#tests/fakes/feed-server.ts';
import { type SiteLanguage, siteStories, siteStory } from '#tests/fakes/site-pages.ts';
import { type FakeSite, type SiteOptions, startSite } from '#tests/fakes/site-server.ts';

const justNow = (language: SiteLanguage, number: number) => ({
  ...siteStory(language, number, Date.now()),
  publishedAt: Date.now(),
});

interface ListBench extends OneSource {
  site: FakeSite;
  /** Headlines in the feed. */
  headlines(): Promise<string[]>;
}

async function watching(
  options: SiteOptions,
  source: (site: string) => string,
  work: (bench: ListBench) => Promise<void>,
) {
  const site = await startSite({ stories: siteStories(options.language ?? 'vi', 5, Date.now()), ...options });
  try {
    const settings = { site: site.url, language: site.language, source: `id: portal, ${source(site.url)}, poll: 1s` };
    await withOneSource(settings, (bench) => {
      const headlines = async () => (await bench.entries()).map(({ title }) => title);
      return work({ ...bench, site, headlines });
    });
  } finally {
    await site.close();
  }
}

test('a plain sitemap: what stands there comes into the feed, a new article is posted, sections are passed over', () =>
  watching(
    { sitemap: 'plain' },
    (site) => `kind: sitemap, url: "${site}"`,
    async (bench) => {
      const running = await bench.start();
      await bench.until(async () => (await bench.headlines()).length === 5);
      const story = justNow('vi', 17);
      bench.site.stories.unshift(story);
      await running.printed(new RegExp(`new article "${story.headline}": 1 feed, posted`));
      expect(await bench.headlines()).toHaveLength(6);

      bench.site.stories[0] = { ...story, headline: `${story.headline} (cập nhật)`, editedAt: Date.now() };
      await running.printed(/changed article .*\(cập nhật\)" \(headline/);
      bench.site.stories.shift();
      bench.site.routes.set(story.path, fake.answer(410, ''));
      await running.printed(/withdrawn/);
      expect(running.output()).not.toMatch(/left out|warn/i);
    },
  ));

test('a front page in Japanese, by likeness: the same, and a layout that changed is an alert', () =>
  watching(
    { language: 'ja' },
    (site) => `kind: page, url: "${site}"`,
    async (bench) => {
      const running = await bench.start();
      await bench.until(async () => (await bench.headlines()).length === 5);
      const [first, second] = [justNow('ja', 6), justNow('ja', 7)];
      bench.site.stories.unshift(second, first);
      await running.printed(new RegExp(`new article "${second.headline}": 1 feed, posted`));
      bench.site.routes.set(
        '/',
        fake.answer(200, '<html><body><main><p>改装中です。</p></main></body></html>', { 'content-type': 'text/html' }),
      );
      await running.printed(/lists no article any more, though it listed 7: its layout has changed/);
      bench.site.routes.delete('/');
      const third = justNow('ja', 8);
      bench.site.stories.unshift(third);
      await running.printed(new RegExp(`new article "${third.headline}"`));
      expect(await bench.headlines()).toHaveLength(8);
    },
  ));

test('a front page by selector, with an article that robots.txt forbids', () =>
  watching(
    { robots: 'Disallow: /van-hoa/' },
    (site) => `kind: page, url: "${site}/", links: ".news-list h3 a", date: .date`,
    async (bench) => {
      const running = await bench.start();
      const allowed = bench.site.stories.filter(({ section }) => section !== 'van-hoa');
      await bench.until(async () => (await bench.headlines()).length === allowed.length);
      expect(running.output()).toMatch(/robots\.txt of 127\.0\.0\.1:\d+ does not let Loa read 1 of 5 articles/);
      const tried = await loa(['try', 'portal', '--json', '--config', 'my.yaml'], { cwd: bench.folder });
      const { articles } = JSON.parse(tried.stdout);
      expect(articles.map(({ headline }: any) => headline).sort()).toEqual(
        allowed.map(({ headline }) => headline).sort(),
      );
      expect(articles[0]).toMatchObject({ language: 'vi', publishedAt: expect.any(String) });
      for (const { path } of bench.site.stories) {
        if (path.startsWith('/van-hoa/')) expect(bench.site.asked(path)).toBe(0);
      }
    },
  ));
