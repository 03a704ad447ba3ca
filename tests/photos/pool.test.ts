import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import sharp from 'sharp';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createPhotoPool, type PhotoPool } from '#src/photos/pool.ts';
import type { RenderRequest } from '#src/photos/request.ts';
import { recordingLog } from '#tests/fakes/log.ts';
import { manualClock } from '#tests/fakes/manual-clock.ts';
import { flag } from '#tests/photos/pictures.ts';

const limit = 30_000;
const idle = 20_000;
let small: Buffer;
let large: Buffer;
let folder: string;
let pool: PhotoPool;
let log: ReturnType<typeof recordingLog>;
let clock: ReturnType<typeof manualClock>;

beforeAll(async () => {
  small = await flag().jpeg().toBuffer();
  // A PNG cannot be shrunk while it is read: it keeps a child busy for a while.
  large = await sharp({ create: { width: 6000, height: 5000, channels: 3, background: 'teal' } })
    .png({ compressionLevel: 1 })
    .toBuffer();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loa-pool-'));
  [log, clock] = [recordingLog(), manualClock()];
  pool = createPhotoPool({ size: 1, limit, idle, log, clock });
});
afterEach(async () => {
  await pool.close();
  await rm(folder, { recursive: true });
});

async function request(name: string, picture: Uint8Array): Promise<RenderRequest> {
  const original = join(folder, name);
  await writeFile(original, picture);
  return {
    original,
    folder,
    widths: [320],
    formats: ['jpeg'],
    otherFormats: [],
    card: false,
    credit: { description: null, artist: null, copyright: null },
  };
}

test('A photo is rendered in another process, and the next one in the same', async () => {
  const started = log.next('Photo process started');
  const first = await pool.render(await request('a.jpg', small));
  expect(first).toMatchObject({ kind: 'rendered', width: 800, renditions: [{ width: 320 }] });
  expect((await started)['pid']).not.toBe(process.pid);
  await rm(join(folder, '320.jpg'));
  let again = false;
  log.next('Photo process started').then(() => (again = true));
  expect(await pool.render(await request('b.jpg', small))).toMatchObject({ kind: 'rendered' });
  expect(again).toBe(false);
});

test('A child that is killed in the middle of a picture costs that picture only', async () => {
  const started = log.next('Photo process started');
  const [lost, next] = [pool.render(await request('a.png', large)), pool.render(await request('b.jpg', small))];
  process.kill((await started)['pid'] as number, 'SIGKILL');
  expect(await lost).toEqual({
    kind: 'lost',
    cause: 'ended',
    reason: 'The photo process ended over this picture (SIGKILL)',
  });
  expect(await next).toMatchObject({ kind: 'rendered' });
  expect((await readdir(folder)).sort()).toEqual(['320.jpg', 'a.png', 'b.jpg']);
});

test('A picture that takes too long is given up, and the next one gets a new child', async () => {
  await pool.render(await request('a.jpg', small));
  const slow = pool.render({ ...(await request('b.png', large)), widths: [640] });
  await nextTurn();
  expect(clock.sleepers(limit)).toBe(1);
  clock.advance(limit);
  expect(await slow).toMatchObject({
    kind: 'lost',
    cause: 'timeout',
    reason: expect.stringContaining('longer than 30 seconds'),
  });
  expect(await pool.render(await request('c.jpg', small))).toMatchObject({ kind: 'rendered' });
});

test('A child that has had nothing to do for a while is let go', async () => {
  await pool.render(await request('a.jpg', small));
  const ended = log.next('Photo process ended');
  clock.advance(idle);
  expect((await ended)['how']).toBe('exit code 0');
  expect(await pool.render(await request('b.jpg', small))).toMatchObject({ kind: 'rendered' });
});

test('A refused picture is a value; a folder that is not there is thrown', async () => {
  expect(await pool.render(await request('a.jpg', Buffer.from('%PDF')))).toMatchObject({ kind: 'refused' });
  const nowhere = { ...(await request('b.jpg', small)), folder: join(folder, 'nowhere') };
  await expect(pool.render(nowhere)).rejects.toThrow(/could not be written/);
});

test('Background work waits for all others, takes one child at most and has a limit of its own', async () => {
  const begun: number[] = [];
  const inBackground = [120_001, 120_002, 120_003];
  const atOnce: number[] = [];
  // A picture's limit is asked for when work on it begins; each is known by its own.
  const watched = {
    ...clock,
    sleep(ms: number, signal?: AbortSignal) {
      if (ms === idle) return clock.sleep(ms, signal);
      begun.push(ms);
      const slept = clock.sleep(ms, signal);
      atOnce.push(inBackground.filter((each) => clock.sleepers(each) > 0).length);
      return slept;
    },
  };
  const two = createPhotoPool({ size: 2, limit, idle, log, clock: watched });
  const into = async (name: string) => {
    await mkdir(join(folder, name));
    return { ...(await request(`${name}.jpg`, small)), folder: join(folder, name) };
  };
  const [slow, first, second, ...urgent] = await Promise.all(['slow', 'first', 'second', 'a', 'b', 'c'].map(into));
  await Promise.all([
    ...[slow!, first!, second!].map((each, index) =>
      two.render(each, { background: true, limit: inBackground[index]! }),
    ),
    ...urgent.map((each, index) => two.render(each, { limit: limit + index })),
  ]);
  const [slowest, ...others] = inBackground;
  expect(begun).toEqual([slowest, limit, limit + 1, limit + 2, ...others]);
  expect(Math.max(...atOnce)).toBe(1);
  await two.close();
});

test('Closing ends the child and sends what waits back for a later try', async () => {
  const working = pool.render(await request('a.png', large));
  const outcome = expect(working).rejects.toThrow(/Loa is stopping/);
  await pool.close();
  await outcome;
  await expect(pool.render(await request('b.jpg', small))).rejects.toThrow(/Loa is stopping/);
});
