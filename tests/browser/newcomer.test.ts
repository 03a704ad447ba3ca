import { expect, test } from 'vitest';
import { openBrowser, openPage, phone } from '#tests/browser/browser.ts';
import { enter, startDemo, waitForArticle } from '#tests/browser/newcomer.ts';
import { inFolder } from '#tests/e2e/loa.ts';
import { has } from '#tests/servers/has.ts';

test.skipIf(!has('chromium'))('a newcomer finds every page of the demo, in both languages, and signs out', () =>
  inFolder(async (cwd) => {
    const demo = await startDemo(cwd, 3);
    const browser = await openBrowser();
    try {
      const { page, complaints } = await openPage(browser, demo.url);
      const entry = (name: string) => page.getByRole('navigation').getByRole('link', { name });
      await enter(page, demo);
      const headline = await waitForArticle(page, /^River boats keep going/);
      await page.getByRole('link', { name: headline }).click();
      await page.getByRole('heading', { level: 1, name: headline }).waitFor();
      await page.getByText('First seen at source demo').waitFor();
      await page.getByText('english: holds it').waitFor();

      await entry('Newsroom').click();
      await page.getByRole('link', { name: 'board', exact: true }).first().click();
      await page.getByRole('heading', { level: 1, name: 'Posts on board' }).waitFor();
      await page.locator('article.post img').first().waitFor();

      await entry('Queues').click();
      await page.getByText('deliver-board').first().waitFor();
      await page.goBack();

      await entry('Feeds').click();
      await page.getByRole('link', { name: 'Tin mới nhất' }).first().click();
      await page.getByRole('heading', { level: 1, name: 'Tin mới nhất' }).waitFor();

      await page.getByRole('link', { name: 'Tiếng Việt' }).click();
      await entry('Tòa soạn').click();
      await page.getByRole('heading', { level: 2, name: 'Bài mới nhất' }).waitFor();
      await page.getByText('đang có bài này').first().waitFor();

      await page.getByRole('button', { name: 'Đăng xuất' }).click();
      await page.getByRole('heading', { level: 1, name: 'Đăng nhập' }).waitFor();
      await page.goto(`${demo.url}/console`);
      expect(new URL(page.url()).pathname).toBe('/console/sign-in');

      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
    }
  }),
);

test.skipIf(!has('chromium'))('the demo can be read on a phone without a script', () =>
  inFolder(async (cwd) => {
    const demo = await startDemo(cwd, 60);
    const browser = await openBrowser();
    try {
      const { page, complaints } = await openPage(browser, demo.url, { viewport: phone, javaScriptEnabled: false });
      await page.goto(`${demo.url}/feeds`);
      await page.getByRole('link', { name: 'Tiếng Việt' }).click();
      await page.getByRole('heading', { level: 1, name: 'Nguồn tin' }).waitFor();
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
    }
  }),
);

test.skipIf(!has('chromium'))('an editor holds an article, lets it go on, stops all posting and ends that', () =>
  inFolder(async (cwd) => {
    const demo = await startDemo(cwd, 60);
    const browser = await openBrowser();
    try {
      const { page, complaints } = await openPage(browser, demo.url, { viewport: phone });
      const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
      await enter(page, demo);
      await page.locator('.stream article h3 a').first().click();
      await press('Hold');
      await page.getByText('The article is held.').waitFor();
      await page.getByText('latest: a person holds the article').waitFor();
      await press('Release');
      await page.getByText('The article is released.').waitFor();
      await page.getByRole('navigation').getByRole('link', { name: 'Newsroom' }).click();
      await page.getByText('Stop all posting …').click();
      await page.getByLabel('Why, for your colleagues').fill('ảnh sai ở mọi nơi');
      await press('Stop all channels');
      await page.getByText('the console: ảnh sai ở mọi nơi').waitFor();
      await press('Post again');
      await page.getByText('Posts go out again.').waitFor();
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
    }
  }),
);
