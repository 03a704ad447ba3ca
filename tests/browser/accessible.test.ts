import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axeCore from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { desktop, openBrowser, phone } from '#tests/browser/browser.ts';
import { newsroomSample, now } from '#tests/console/newsroom-sample.ts';
import { startServer } from '#tests/server/server-bench.ts';
import { has } from '#tests/servers/has.ts';

declare const axe: typeof axeCore;

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const paths = ['/console', '/console/articles/k3m9x2p7qa', '/feeds', '/feeds/latest', '/board/board', '/nowhere'];

describe.skipIf(!has('chromium'))('axe-core finds nothing', () => {
  let browser: Browser;
  let busy: Awaited<ReturnType<typeof startServer>>;
  let empty: Awaited<ReturnType<typeof startServer>>;
  beforeAll(async () => {
    browser = await openBrowser();
    busy = await startServer({
      ledger: { ...newsroomSample(), stop: { since: now - 60_000, by: 'anna', reason: 'sai ảnh' } },
    });
    empty = await startServer({ settings: { sources: [], channels: [], feeds: [] } });
  });
  afterAll(async () => {
    await browser?.close();
    for (const bench of [busy, empty]) await bench?.close();
  });

  describe.each([
    ['phone', phone],
    ['desktop', desktop],
  ])('on a %s', (_, viewport) => {
    describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
      test.each(['en', 'vi'])('in the language %s', async (locale) => {
        // The policy that keeps scripts from elsewhere out keeps axe out too.
        const context = await browser.newContext({ viewport, colorScheme, locale, bypassCSP: true });
        const page = await context.newPage();
        const signIn = `${busy.url}/console/sign-in`;
        for (const url of [signIn, `${signIn}?token=wrong`]) await check(page, url, locale);
        for (const bench of [busy, empty]) await page.goto(bench.url + (await bench.signInPath()));
        for (const url of [...paths.map((path) => busy.url + path), `${empty.url}/console`, `${empty.url}/feeds`]) {
          await check(page, url, locale);
        }
        await context.close();
      });
    });
  });
});

async function check(page: Page, url: string, locale: string): Promise<void> {
  await page.goto(url);
  for (const summary of await page.locator('main summary').all()) await summary.click();
  expect(await page.locator('html').getAttribute('lang')).toBe(locale);
  expect(await overflow(page), `${url} is wider than the screen`).toBe(0);
  expect(await findings(page), url).toEqual([]);
}

/** Every rule but the experimental ones, target sizes too. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(source);
  const { violations } = await page.evaluate(() =>
    axe.run({ resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }),
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
  );
}

/** How many pixels a person would have to scroll sideways. */
function overflow(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}
