import { mkdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UserError } from '#src/core/errors.ts';
import { systemClock } from '#src/ops/clock.ts';
import { lockData } from '#src/stores/postgres/data-lock.ts';
import { manualClock } from '#tests/fakes/manual-clock.ts';
import { runChild } from '#tests/stores/postgres/run-child.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'loa-lock-'));
});

afterEach(() => rm(dir, { recursive: true, force: true }));

const refusal = (data: string) =>
  lockData(data, { waitMs: 0, clock: systemClock }).then(
    () => undefined,
    (error) => error,
  );

test('a second process is refused in one line, and the lock is free after kill -9', async () => {
  const data = join(dir, 'deep', 'data');
  const holder = runChild('hold-lock', data);
  expect(await holder.line()).toBe('held');
  const error = await refusal(data);
  expect(error).toBeInstanceOf(UserError);
  expect(error.message).toContain(data);
  expect(error.message).not.toContain('\n');
  await holder.kill();
  (await lockData(data, { waitMs: 0, clock: systemClock })).release();
});

test('it waits for a process that is stopping, and gives up in the end', async () => {
  const clock = manualClock();
  const first = await lockData(dir, { clock });
  const steps: number[] = [];
  const stepping = {
    ...clock,
    async sleep(ms: number) {
      steps.push(ms);
      clock.advance(ms);
    },
  };
  await expect(lockData(dir, { clock: stepping, waitMs: 1000 })).rejects.toThrow('in use');
  expect(steps).toHaveLength(10);
  const releasing = { ...clock, sleep: async () => first.release() };
  (await lockData(dir, { clock: releasing })).release();
});

test.runIf(process.platform === 'linux').each(['/proc/loa-data', '/sys/loa-data', '/dev/null'])(
  'the folder %s, where nothing can be written even by root, is one clear error',
  async (data) => {
    const error = await refusal(data);
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toContain(data);
    expect(error.next).toContain('data:');
  },
);

test('a file in place of the folder, or a folder in place of the lock, is one clear error', async () => {
  await writeFile(join(dir, 'file'), '');
  expect(await refusal(join(dir, 'file'))).toBeInstanceOf(UserError);
  expect(await refusal(join(dir, 'file', 'data'))).toBeInstanceOf(UserError);
  mkdirSync(join(dir, 'data', 'lock'), { recursive: true });
  expect(await refusal(join(dir, 'data'))).toBeInstanceOf(UserError);
});
