/** `node tests/browser/picture.ts`: photographs the demo's newsroom page for the README, `docs/console.webp`. */
import { join } from 'node:path';
import sharp from 'sharp';
import { desktop, openBrowser, openPage } from '#tests/browser/browser.ts';
import { enter, startDemo } from '#tests/browser/newcomer.ts';
import { inFolder, root } from '#tests/e2e/loa.ts';

const file = join(root, 'docs/console.webp');

await inFolder(async (cwd) => {
  const demo = await startDemo(cwd, 3);
  const browser = await openBrowser();
  try {
    const { page } = await openPage(browser, demo.url, { viewport: desktop, deviceScaleFactor: 2 });
    await enter(page, demo);
    // The last of the demo's articles, with all that becomes of it.
    const last = page.locator('.stream article', { hasText: 'Phố cổ Bình Lãng' });
    await last.getByText('Posted at').waitFor({ timeout: 120_000 });
    await last.locator('img').nth(1).waitFor();
    await page.waitForLoadState('networkidle');
    const { size } = await sharp(await page.screenshot())
      .webp({ quality: 78 })
      .toFile(file);
    console.log(`${file}: ${Math.round(size / 1024)} KB`);
  } finally {
    await browser.close();
  }
});
process.exit(0);
