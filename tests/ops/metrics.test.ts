import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { QueueStanding } from '#src/core/queue-standing.ts';
import { createMetrics } from '#src/ops/metrics.ts';
import { createTally } from '#src/ops/tally.ts';
import type { Ledger } from '#src/stores/ledger.ts';
import { createLedger } from '#src/stores/postgres/ledger.ts';
import { createRow, newArticle, readyCreate, start } from '#tests/contracts/ledger/samples.ts';
import { recordingAlerts } from '#tests/fakes/alerts.ts';
import { manualClock } from '#tests/fakes/manual-clock.ts';
import { type MemoryDatabase, openMemoryDatabase } from '#tests/fakes/memory-database.ts';
import { settings as newsroom } from '#tests/fakes/newsroom-settings.ts';
import { readExposition } from '#tests/fakes/read-exposition.ts';
import { until } from '#tests/fakes/until.ts';

let database: MemoryDatabase;
let ledger: Ledger;

beforeAll(async () => {
  database = await openMemoryDatabase();
  ledger = createLedger(database.db, { newId: randomUUID });
});
beforeEach(() => database.reset());
afterAll(() => database.close());

const poll: QueueStanding = {
  name: 'poll',
  isPaused: true,
  waiting: 3,
  active: 1,
  delayed: 2,
  blocked: 0,
  failed: 4,
  oldestWaitingAt: start - 90_000,
  oldestActiveAt: null,
};

function bench({ standings = async () => [poll] }: { standings?: () => Promise<QueueStanding[]> } = {}) {
  const clock = manualClock(start);
  const alerts = recordingAlerts(clock.now);
  const tally = createTally(ledger.counts);
  const settings = {
    ...newsroom(),
    sources: [{ id: 'portal' }] as never,
    feeds: [{ id: 'latest' }] as never,
    channels: [{ id: 'fediverse' }] as never,
  };
  const metrics = createMetrics({ settings, ledger, alerts, queues: { standings }, tally, clock });
  /** Those of ours, by name and labels. */
  const read = async () => {
    const { samples } = readExposition((await metrics.read()).text);
    const ours = samples.filter(({ name }) => name.startsWith('loa_'));
    return Object.fromEntries(
      ours.map(({ name, labels, value }) => [[name.slice(4), ...Object.values(labels)].join(' '), value]),
    );
  };
  return { clock, alerts, tally, metrics, read };
}

describe('/metrics', () => {
  test('tells of sources, articles, photos, feeds, deliveries, channels, queues and alerts', async () => {
    const { alerts, tally, read, clock } = bench();
    await ledger.sources.state('portal', start);
    await ledger.sources.recordPollFailure({ sourceId: 'portal', error: 'no', now: start, nextPollAt: start + 60_000 });
    await ledger.sources.state('gone-from-the-settings', start);
    await readyCreate(ledger, 'article001');
    await ledger.articles.create(
      newArticle('article002', {
        keys: { sourceId: 'portal', externalId: 'guid-2', canonicalUrl: null },
        deliveries: [createRow('fediverse')],
      }),
    );
    await ledger.feeds.touch(['latest']);
    await ledger.feeds.recordBuild('latest', { wanted: 0, entries: 7, now: start - 5000, error: null });
    await ledger.channels.state('fediverse', start);
    await ledger.channels.update('fediverse', { paused: true });
    await ledger.switches.stop({ by: 'anna', reason: null, now: start });
    for (const id of ['a1', 'b2', 'c3']) alerts.raise({ cause: `delivery:${id}:parked`, message: 'unknown' });
    alerts.raise({ cause: 'source-portal', message: 'away' });
    tally.note({ kind: 'poll', sourceId: 'portal', outcome: 'failed' });
    tally.note({ kind: 'attempt', channelId: 'fediverse', op: 'create', result: 'sent' });
    clock.advance(60_000);

    expect(await read()).toMatchObject({
      'polls_total portal failed': 1,
      'delivery_attempts_total fediverse create sent': 1,
      'source_failures portal': 1,
      'source_next_poll_timestamp_seconds portal': (start + 60_000) / 1000,
      'articles live': 2,
      'articles held': 0,
      articles_unready: 1,
      'photos failed': 0,
      'feed_entries latest': 7,
      'feed_age_seconds latest': 65,
      'feed_broken latest': 0,
      'feed_changes_waiting latest': 1,
      'deliveries fediverse waiting': expect.any(Number),
      'channel_paused fediverse': 1,
      posting_stopped: 1,
      'queue_jobs poll waiting': 3,
      'queue_jobs poll failed': 4,
      'queue_oldest_job_seconds poll waiting': 150,
      'queue_paused poll': 1,
      'alerts_open delivery-parked': 3,
      'alerts_open source-portal': 1,
      'alert_first_seen_timestamp_seconds source-portal': start / 1000,
      'metrics_part_up queues': 1,
    });
    expect(Object.keys(await read()).join()).not.toContain('gone-from-the-settings');
  });

  test('is well-formed, every metric with a help and a type, and of the process too', async () => {
    const { text, contentType } = await bench().metrics.read();
    expect(contentType).toMatch(/^text\/plain; version=0\.0\.4/);
    const { samples, help, types } = readExposition(text);
    expect([...types.keys()].filter((name) => !help.has(name))).toEqual([]);
    const names = samples.map(({ name }) => name);
    for (const name of ['nodejs_eventloop_lag_p99_seconds', 'process_resident_memory_bytes']) {
      expect(names).toContain(name);
    }
    for (const [name, type] of types)
      if (name.startsWith('loa_')) expect([name, name.endsWith('_total')]).toEqual([name, type === 'counter']);
  });

  test('lacks what cannot be read and says so; everything else stands', async () => {
    const { read } = bench({ standings: () => Promise.reject(new Error('Redis is away')) });
    const values = await read();
    expect(values).toMatchObject({ 'metrics_part_up queues': 0, 'metrics_part_up feeds': 1, posting_stopped: 0 });
    expect(Object.keys(values).filter((name) => name.startsWith('queue_'))).toEqual([]);
  });

  test('does not wait for what does not answer', async () => {
    const { metrics, clock } = bench({ standings: () => new Promise(() => {}) });
    const answer = metrics.read();
    // Only the part that hangs still has its time limit.
    await until(() => clock.sleepers(3000) === 1);
    clock.advance(3000);
    expect((await answer).text).toContain('loa_metrics_part_up{part="queues"} 0');
  });

  test('asks the ledger once in five seconds, however often it is looked at', async () => {
    let asked = 0;
    const { metrics, clock } = bench({
      async standings() {
        asked++;
        return [];
      },
    });
    for (let times = 0; times < 20; times++) await metrics.read();
    expect(asked).toBe(1);
    clock.advance(5000);
    await metrics.read();
    expect(asked).toBe(2);
  });

  test('has no more than some dozens of causes, whatever raises them', async () => {
    const { alerts, read } = bench();
    for (let number = 0; number < 300; number++) alerts.raise({ cause: `source-s${number}`, message: 'away' });
    const causes = Object.entries(await read()).filter(([name]) => name.startsWith('alerts_open'));
    expect(causes).toHaveLength(51);
    expect(causes.reduce((sum, [, count]) => sum + count, 0)).toBe(300);
  });
});
