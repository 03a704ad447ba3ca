/**
 * Photos of 12 and 24 megapixels in five widths and all formats, beside a pipeline written by hand; two at once, what
 * they hold in memory and what the main process feels of it. Takes three to six minutes: AVIF costs seconds per photo.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import type { LogFields } from '#src/core/tools.ts';
import { systemClock } from '#src/ops/clock.ts';
import { createPhotoPool, type PhotoPool } from '#src/photos/pool.ts';
import type { RenderRequest } from '#src/photos/request.ts';
import type { Bench } from '#tests/bench/bench.ts';
import { interleave } from '#tests/bench/interleave.ts';
import { peakMemory, processorTime, tellsProcessCost } from '#tests/bench/process-cost.ts';
import type { Report } from '#tests/bench/report.ts';
import { silentLog } from '#tests/fakes/log.ts';

const widths = [320, 640, 960, 1280, 1920];
const sizes = [
  { name: '12 MP', width: 4000, height: 3000 },
  { name: '24 MP', width: 6000, height: 4000 },
] as const;
const photograph = fileURLToPath(new URL('../../config/demo/photos/market-morning.jpg', import.meta.url));

export const benches: Bench[] = [
  {
    name: 'photos',
    async run(report) {
      if (!tellsProcessCost) return report.leaveOut('photos', 'only Linux tells what another process costs');
      const folder = await mkdtemp(join(tmpdir(), 'loa-bench-photos-'));
      try {
        for (const size of sizes) await measureWork(size, folder, report);
        await measureTwoAtOnce(folder, report);
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  },
];

/** Both children run already and have worked once: what is measured is the photo. */
async function measureWork(size: (typeof sizes)[number], folder: string, report: Report): Promise<void> {
  const original = await originalOf(size, folder);
  const ours = openPool(1);
  const plain = fork(fileURLToPath(new URL('./photos-plain.ts', import.meta.url)), { execArgv: [] });
  const measured = await interleave({
    ours: () =>
      costOf(
        () => ours.pids[0],
        async () => renderAll(ours.pool, original, await emptyFolder(folder, 'ours')),
      ),
    peer: () =>
      costOf(
        () => plain.pid,
        async () => {
          plain.send({ original, folder: await emptyFolder(folder, 'plain'), widths });
          await once(plain, 'message');
        },
      ),
  });
  const name = `${size.name}, 5 widths in JPEG, WebP and AVIF and the card: processor time`;
  report.compare(name, { ...measured, unit: 'ms', bar: { atMost: 1.1 } });
  plain.disconnect();
  await ours.pool.close();
}

/** New children every time: the most a process ever held is what the system remembers. */
async function measureTwoAtOnce(folder: string, report: Report): Promise<void> {
  const original = await originalOf(sizes[1], folder);
  const memory: number[] = [];
  const delays: number[] = [];
  for (let run = 0; run < 3; run++) {
    const { pool, pids } = openPool(2);
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const folders = await Promise.all(['one', 'two'].map((name) => emptyFolder(folder, name)));
    await Promise.all(folders.map((each) => renderAll(pool, original, each)));
    delay.disable();
    delays.push(delay.percentile(99) / 1e6);
    memory.push(pids.reduce((sum, pid) => sum + peakMemory(pid), 0));
    await pool.close();
  }
  report.limit('two of 24 MP at once: most memory of all photo processes together', {
    ours: memory,
    unit: 'MB',
    bar: { atMost: 400 },
  });
  report.limit('two of 24 MP at once: event loop delay of the main process, p99', {
    ours: delays,
    unit: 'ms',
    bar: { atMost: 20 },
  });
}

function openPool(size: number): { pool: PhotoPool; pids: number[] } {
  const pids: number[] = [];
  const log = {
    ...silentLog,
    debug(message: string, fields: LogFields = {}) {
      if (message === 'Photo process started') pids.push(fields['pid'] as number);
    },
  };
  return { pool: createPhotoPool({ size, limit: 120_000, idle: 3_600_000, log, clock: systemClock }), pids };
}

/** Both stages, as urgent work: two newer formats at once are what the pool never does by itself. */
async function renderAll(pool: PhotoPool, original: string, folder: string): Promise<void> {
  const credit = { description: 'Chợ sớm Mường La', artist: 'Lê An', copyright: null };
  const request: RenderRequest = { original, folder, widths, formats: ['jpeg'], otherFormats: [], card: true, credit };
  for (const stage of [request, { ...request, formats: ['webp' as const, 'avif' as const], card: false }]) {
    const result = await pool.render(stage);
    if (result.kind !== 'rendered') throw new Error(result.reason);
  }
}

/** `pid` gives none as long as the child is not there: it starts with its first photo. */
async function costOf(pid: () => number | undefined, work: () => Promise<void>): Promise<number> {
  const first = pid();
  const before = first === undefined ? 0 : processorTime(first);
  await work();
  return processorTime(pid()!) - before;
}

async function emptyFolder(parent: string, name: string): Promise<string> {
  const folder = join(parent, name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  return folder;
}

async function originalOf({ name, width, height }: (typeof sizes)[number], folder: string): Promise<string> {
  const path = join(folder, `${name}.jpg`);
  await sharp(photograph).resize(width, height, { fit: 'fill' }).jpeg({ quality: 92 }).toFile(path);
  return path;
}
