import { expect, test } from 'vitest';
import { type Backend, onPostgres } from '#tests/e2e/backends.ts';
import { withBench } from '#tests/e2e/newsroom-bench.ts';
import { story } from '#tests/fakes/newsroom.ts';
import { type SilentProxy, startSilentProxy } from '#tests/fakes/silent-proxy.ts';

test.skipIf(!onPostgres.here)('told to stop while its database hangs, a process ends within ten seconds', async () => {
  let proxy: SilentProxy | null = null;
  const behindProxy: Backend = {
    ...onPostgres,
    async open() {
      const opened = await onPostgres.open();
      proxy = await startSilentProxy(opened.postgres!.port);
      return { ...opened, settings: opened.settings.replace(`:${opened.postgres!.port}/`, `:${proxy.port}/`) };
    },
  };
  const work = withBench(
    [story('cu')],
    async (bench) => {
      const running = await bench.start();
      await bench.until(async () => (await bench.get('/feeds/latest.json')).status === 200);
      await proxy!.fallSilent();
      const told = performance.now();
      running.kill('SIGTERM');
      expect(await running.ended).toBe(0);
      expect(performance.now() - told).toBeLessThan(11_000);
    },
    { backend: behindProxy },
  );
  await work.finally(() => proxy?.close());
});
