/** A thousand sources watched on one machine, beside bare undici that asks the same. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { request } from 'undici';
import type { Deps } from '#jobs/deps.ts';
import { pollSource } from '#jobs/poll-source.ts';
import type { Cursor } from '#src/core/signal.ts';
import { createHttp } from '#src/net/http-client.ts';
import { createPoliteHttp } from '#src/net/polite-http.ts';
import { systemClock } from '#src/ops/clock.ts';
import { feedSource } from '#src/sources/feed.ts';
import type { SourceTools } from '#src/sources/source.ts';
import { openLedger } from '#src/stores/postgres/open-ledger.ts';
import type { Bench } from '#tests/bench/bench.ts';
import { countWork } from '#tests/bench/count-work.ts';
import { interleave } from '#tests/bench/interleave.ts';
import type { Report } from '#tests/bench/report.ts';
import { spreadOf } from '#tests/bench/statistics.ts';
import { recordingAlerts } from '#tests/fakes/alerts.ts';
import { silentLog } from '#tests/fakes/log.ts';
import { settings as newsroomSettings } from '#tests/fakes/newsroom-settings.ts';

const sources = 1000;
const atOnce = 32;
const rounds = 10;
const everyChanged = 20;

export const benches: Bench[] = [{ name: `${sources} sources`, run: measure }];

async function measure(report: Report): Promise<void> {
  if (process.platform !== 'linux') {
    report.leaveOut(`${sources} sources`, 'only Linux answers at every address of 127.0.0.0/8');
    return;
  }
  const server = fork(join(import.meta.dirname, 'polling-server.ts'));
  const [{ port }] = (await once(server, 'message')) as [{ port: number }];
  const urls = Array.from({ length: sources }, (_, n) => `http://127.1.${n >> 7}.${(n & 127) + 1}:${port}/${n}`);
  const http = createHttp({
    allow: ['127.0.0.0/8'],
    userAgent: 'Loa/bench',
    clock: systemClock,
    keepConnections: true,
  });
  const tools = sourceTools(createPoliteHttp(http, systemClock));
  await unchangedPolls(urls, tools, report);
  await largeFeed(`http://127.2.0.1:${port}/large`, tools, report);
  await wholeJobs(urls, tools, server, report);
  await http.close();
  server.disconnect();
}

function sourceTools(http: SourceTools['http']): SourceTools {
  const { site } = newsroomSettings();
  const never = new AbortController().signal;
  return { http, log: silentLog, clock: systemClock, site, robots: null as never, signal: never };
}

/** `source.poll` through the guarded client, beside undici's `request`; both on connections that stay open. */
async function unchangedPolls(urls: string[], tools: SourceTools, report: Report): Promise<void> {
  const cursors = new Map<string, Cursor>();
  const work = countWork();
  await forEach(urls, async (url) => {
    cursors.set(url, (await feedSource.poll(null, { url, fullText: 'auto' }, tools)).cursor);
  });
  report.limit('first polls: hashes of a body each', { ours: [work.hashes() / sources], unit: '', bar: { atMost: 1 } });
  report.limit('first polls: parses each', { ours: [work.parses() / sources], unit: '', bar: { atMost: 1 } });
  work.reset();

  const validators = (url: string) => (cursors.get(url) as { validators: { etag: string } }).validators.etag;
  const ours = async (): Promise<void> => {
    await forEach(urls, async (url) => {
      const { unchanged } = await feedSource.poll(cursors.get(url)!, { url, fullText: 'auto' }, tools);
      if (!unchanged) throw new Error(`${url} changed`);
    });
  };
  const bare = async (): Promise<void> => {
    await forEach(urls, async (url) => {
      const headers = {
        'user-agent': 'Loa/bench',
        accept: 'application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5',
        'accept-encoding': 'br, gzip, deflate',
        'if-none-match': validators(url),
      };
      const { statusCode, body } = await request(url, { headers });
      await body.dump();
      if (statusCode !== 304) throw new Error(`${url} answered ${statusCode}`);
    });
  };
  const cpu: Record<'ours' | 'peer', number[]> = { ours: [], peer: [] };
  const both = await interleave(
    { ours: measured(ours, cpu.ours), peer: measured(bare, cpu.peer) },
    { runs: 9, warmups: 4 },
  );
  report.compare('unchanged (304)', { ...both, unit: 'polls/s', bar: { atLeast: 0.8 } });
  const counted = { ours: cpu.ours.slice(-9), peer: cpu.peer.slice(-9) };
  report.compare('unchanged (304), CPU each', { ...counted, unit: 'ms' });
  const added = counted.ours.map((value, run) => value - counted.peer[run]!);
  report.limit('unchanged (304), CPU that Loa adds', { ours: added, unit: 'ms', bar: { atMost: 0.05 } });
  report.limit('unchanged (304): parses', { ours: [work.parses()], unit: '', bar: { atMost: 0 } });
}

/** Polls a second; what each cost the processor goes into `cpu`. */
function measured(round: () => Promise<void>, cpu: number[]): () => Promise<number> {
  return async () => {
    const [start, before] = [performance.now(), process.cpuUsage()];
    for (let pass = 0; pass < 2; pass++) await round();
    const { user, system } = process.cpuUsage(before);
    cpu.push((user + system) / 1000 / (2 * sources));
    return (2 * sources) / ((performance.now() - start) / 1000);
  };
}

/** What one of 14 MB holds up: it is read on a thread of its own. */
async function largeFeed(url: string, tools: SourceTools, report: Report): Promise<void> {
  const longest: number[] = [];
  for (let run = 0; run < 4; run++) {
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    await feedSource.poll(null, { url, fullText: 'auto' }, tools);
    delay.disable();
    // The first run loads what reads it.
    if (run > 0) longest.push(delay.max / 1e6);
  }
  report.tell('a feed of 14 MB holds everything else up for at most', longest, 'ms');
}

/** The whole job on the embedded ledger, round after round; in every round some feeds have news. */
async function wholeJobs(urls: string[], tools: SourceTools, server: ChildProcess, report: Report): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'loa-polling-'));
  const alerts = recordingAlerts(systemClock.now);
  const opened = await openLedger({ data, database: 'embedded', alerts, log: silentLog, clock: systemClock });
  const added: string[] = [];
  const deps = jobDeps(urls, tools, { ledger: opened.ledger, alerts, added });
  const round = async (): Promise<void> => {
    await forEach([...deps.sources.keys()], async (sourceId) => {
      await opened.ledger.sources.pollSoon(sourceId, 0);
      await pollSource.run({ sourceId }, deps, { attempt: 1, signal: tools.signal });
    });
  };
  await round();
  const unchanged: number[] = [];
  for (let run = 0; run < 3; run++) await measured(round, unchanged)();
  report.tell('whole job, unchanged, embedded ledger, CPU each', unchanged.slice(1), 'ms');

  const work = countWork();
  added.length = 0;
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const heap: number[] = [];
  for (let version = 1; version <= rounds; version++) {
    server.send({ every: everyChanged, version });
    delay.enable();
    await round();
    delay.disable();
    globalThis.gc?.();
    heap.push(process.memoryUsage().heapUsed / 1e6);
  }
  const changed = (sources / everyChanged) * rounds;
  report.limit('changed: parses each', { ours: [work.parses() / changed], unit: '', bar: { atMost: 1 } });
  report.limit('changed: hashes of a body each', { ours: [work.hashes() / changed], unit: '', bar: { atMost: 1 } });
  report.limit('changed: articles to be read each', { ours: [added.length / changed], unit: '', bar: { atMost: 1 } });
  report.limit('event loop delay p99', { ours: [delay.percentile(99) / 1e6], unit: 'ms', bar: { atMost: 50 } });
  report.tell('event loop delay, longest', [delay.max / 1e6], 'ms');
  const growth = spreadOf(heap.slice(-3)).median - spreadOf(heap.slice(1, 4)).median;
  report.limit(`memory after ${rounds} rounds, growth`, { ours: [growth], unit: 'MB', bar: { atMost: 2 } });
  report.tell('memory in use after a round', heap, 'MB');
  await opened.close();
  rmSync(data, { recursive: true, force: true });
}

function jobDeps(
  urls: string[],
  tools: SourceTools,
  { ledger, alerts, added }: Pick<Deps, 'ledger' | 'alerts'> & { added: string[] },
): Deps {
  const configured = urls.map((url, n) => {
    const settings = {
      id: `s${n}`,
      kind: 'feed',
      profile: 'generic',
      poll: 'auto',
      settings: { url, fullText: 'auto' },
    };
    return [`s${n}`, { settings, source: feedSource, profile: null, folder: null }] as const;
  });
  return {
    settings: newsroomSettings(),
    sources: new Map(configured),
    ledger,
    sourceHttp: tools.http,
    jobs: { add: async ({ kind }: { kind: string }) => void added.push(kind) },
    journal: { note() {} },
    alerts,
    log: silentLog,
    clock: systemClock,
  } as unknown as Deps;
}

/** A few at once, as the worker runs them. */
async function forEach<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const item of left) await work(item);
    }),
  );
}
