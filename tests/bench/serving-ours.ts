/** Our server with one feed of fifty items on the disk, in a process of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '#src/ops/clock.ts';
import { diskFiles } from '#src/stores/files/disk.ts';
import { longArticles } from '#tests/bench/long-articles.ts';
import { startServer } from '#tests/server/server-bench.ts';

const folder = mkdtempSync(join(tmpdir(), 'loa-serving-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
process.once('disconnect', () => process.exit());

const { url, build } = await startServer({ files: diskFiles(folder), clock: systemClock });
await build(longArticles(50, 10_000));
process.send?.({ port: Number(new URL(url).port) });
