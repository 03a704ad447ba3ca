/** The jobs on a real ledger in memory, with a source that a test scripts and a queue that only remembers. */
import { z } from 'zod';
import { loadProfile } from '#config/profiles.ts';
import type { Deps } from '#jobs/deps.ts';
import type { ArticleReader } from '#src/articles/article-reader.ts';
import { readWithSigns } from '#src/articles/read.ts';
import { board } from '#src/channels/board.ts';
import type { RawArticle } from '#src/core/raw-article.ts';
import type { ArticleRef } from '#src/core/signal.ts';
import type { JobDefinition, JobRequest } from '#src/queue/job.ts';
import type { PollResult, Source } from '#src/sources/source.ts';
import { createLedger } from '#src/stores/postgres/ledger.ts';
import { type RecordingAlerts, recordingAlerts } from '#tests/fakes/alerts.ts';
import { channelSettings } from '#tests/fakes/delivery-bench.ts';
import { recordingLog } from '#tests/fakes/log.ts';
import { type ManualClock, manualClock } from '#tests/fakes/manual-clock.ts';
import { type MemoryDatabase, openMemoryDatabase } from '#tests/fakes/memory-database.ts';
import { settings } from '#tests/fakes/newsroom-settings.ts';
import { memoryStopFile } from '#tests/fakes/stop-file.ts';

export interface JobBench {
  clock: ManualClock;
  deps: Deps;
  log: ReturnType<typeof recordingLog>;
  alerts: RecordingAlerts;
  /** Requests in order; a flow is its parent's. */
  added: JobRequest[];
  /** What the source answers next. */
  script: { poll: () => PollResult; read: (ref: ArticleRef) => RawArticle | null; settled: (string | null)[] };
  run<P>(job: JobDefinition<P, Deps>, payload: P): ReturnType<JobDefinition<P, Deps>['run']>;
  reset(): Promise<void>;
  close(): Promise<void>;
}

export async function openJobBench(): Promise<JobBench> {
  const database: MemoryDatabase = await openMemoryDatabase();
  const clock = manualClock();
  const log = recordingLog();
  const alerts = recordingAlerts(clock.now);
  const added: JobRequest[] = [];
  const script: JobBench['script'] = {
    poll: () => ({ refs: [], cursor: {}, unchanged: true, notBefore: null, warnings: [] }),
    read: () => null,
    settled: [],
  };
  const source: Source = {
    kind: 'scripted',
    settings: z.unknown(),
    summary: 'answers what the test says',
    describe: () => 'https://bao.example/rss',
    poll: async () => script.poll(),
    read: async (ref) => script.read(ref),
    settle: async (_ref, failure) => void script.settled.push(failure),
  };
  let ids = 0;
  const newId = () => `id${String(ids++).padStart(8, '0')}`;
  const configured = {
    settings: { id: 'portal', kind: 'scripted', profile: 'vietnamese-portal', poll: 60_000, settings: {} },
    source,
    profile: loadProfile('vietnamese-portal'),
    folder: null,
  };
  const deps = {
    settings: settings(),
    sources: new Map([['portal', configured]]),
    channels: new Map([['board', { settings: channelSettings('board', { kind: 'board' }), channel: board }]]),
    ledger: createLedger(database.db, { newId }),
    jobs: {
      add: async (request: JobRequest) => void added.push(request),
      addFlow: async ({ parent }: { parent: JobRequest }) => void added.push(parent),
    },
    reader: {
      read: async (...[raw, context, tell]: Parameters<ArticleReader['read']>) => {
        const { article, signs } = readWithSigns(raw, context);
        tell?.(signs);
        return article;
      },
    },
    journal: { note() {} },
    stopFile: memoryStopFile(),
    alerts,
    log,
    clock,
    newId,
  } as unknown as Deps;
  return {
    clock,
    deps,
    log,
    alerts,
    added,
    script,
    run: (job, payload) => job.run(payload, deps, { attempt: 1, signal: new AbortController().signal }),
    async reset() {
      await database.reset();
      alerts.clear();
      added.length = 0;
      log.lines.length = 0;
      script.settled.length = 0;
    },
    close: () => database.close(),
  };
}
