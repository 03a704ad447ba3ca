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
      expect(await page.locator('article.post img').count()).toBeGreaterThan(0);

      await entry('Feeds').click();
      await page.getByRole('link', { name: 'Tin mới nhất' }).first().click();
      await page.getByRole('heading', { level: 1, name: 'Tin mới nhất' }).waitFor();

      await page.getByRole('link', { name: 'Tiếng Việt' }).click();
      await entry('Tòa soạn').click();
      await page.getByRole('heading', { level: 2, name: 'Bài mới nhất' }).waitFor();
      await page.getByText('đang có bài này').first().waitFor();

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
