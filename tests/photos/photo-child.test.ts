import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { startChild } from '#src/photos/photo-child.ts';

afterEach(() => vi.unstubAllEnvs());

test.skipIf(process.platform !== 'linux')('A child sees none of the secrets in the environment', async () => {
  vi.stubEnv('MASTODON_TOKEN', 'geheim-4711');
  const child = startChild();
  const environment = await readFile(`/proc/${child.pid}/environ`, 'utf8');
  child.kill();
  await child.ended;
  expect(environment).not.toContain('geheim-4711');
  expect(environment).toContain('MALLOC_ARENA_MAX');
});

test('A child ends with its parent', async () => {
  const script = `
    import { startChild } from '#src/photos/photo-child.ts';
    const child = startChild();
    child.ask({}).then(() => { console.log(child.pid); process.kill(process.pid, 'SIGKILL'); });`;
  const pid = await new Promise<number>((resolve) => {
    try {
      execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    } catch (error) {
      resolve(Number((error as { stdout: string }).stdout));
    }
  });
  expect(pid).toBeGreaterThan(0);
  await expect.poll(() => isRunning(pid), { timeout: 30_000 }).toBe(false);
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // Where nobody collects orphans, one that has ended still has its number.
    return process.platform !== 'linux' || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
