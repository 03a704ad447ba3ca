import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rejected } from '#src/core/outcome.ts';
import { openBrowser, openPage } from '#tests/browser/browser.ts';
import { until } from '#tests/fakes/until.ts';
import { backends, type OpenForTest } from '#tests/queue/backends.ts';
import { openBench, type QueueBench } from '#tests/queue/queue-bench.ts';
import { startServer } from '#tests/server/server-bench.ts';
import { has } from '#tests/servers/has.ts';

describe.skipIf(!has('chromium'))('the page of the queues', () => {
  let opened: OpenForTest;
  let bench: QueueBench;
  let browser: Browser;
  let server: Awaited<ReturnType<typeof startServer>>;

  beforeAll(async () => {
    opened = await backends[0]!.open();
    bench = openBench(opened.backend, () => rejected('line 3: the title has no end'));
    await bench.queues.add({ kind: bench.kind, payload: { name: 'Cầu mới qua sông Vàm' } });
    await until(async () => (await bench.queues.list()[0]!.getFailedCount()) === 1);
    server = await startServer({ deps: { board: { queues: bench.queues.list(), inDatabase: true } } });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await bench?.close();
    await opened?.close();
  });

  test.each(['light', 'dark'] as const)(
    'shows what failed and why, in %s colours, and asks nobody else',
    async (colorScheme) => {
      const { page, complaints } = await openPage(browser, server.url, { colorScheme });
      await page.goto(server.url + (await server.signInPath()));
      await page.goto(`${server.url}/console/queues/queue/${bench.queues.list()[0]!.name}?status=failed`);
      await page.getByText('line 3: the title has no end').first().waitFor();
      await page.getByText('Retry all').click();
      await page.getByText('Are you sure that you want to retry all failed jobs?').waitFor();
      await page.getByText('Confirm').click();
      await bench.trail.reached(colorScheme === 'light' ? 2 : 3);
      // It loads ahead what it may need.
      expect(complaints.filter((one) => !one.includes('was preloaded'))).toEqual([]);
      await page.context().close();
    },
  );
});
