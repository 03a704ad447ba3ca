/** Delivery on a real ledger in memory, with a service in memory and a clock that the test moves. */
import type { Channel } from '#src/channels/channel.ts';
import type { Article, Photo, StoredArticle } from '#src/core/article.ts';
import type { Delivery } from '#src/core/delivery.ts';
import { planCreate, planRevision, planWithdrawal } from '#src/core/delivery-plan.ts';
import { createSeal } from '#src/core/seal.ts';
import type { ChannelSettings, SiteSettings } from '#src/core/settings.ts';
import { deliverPost } from '#src/delivery/deliver.ts';
import type { DeliveryDeps } from '#src/delivery/deps.ts';
import { plannedChannel } from '#src/delivery/planned-channel.ts';
import { reconcilePost } from '#src/delivery/reconcile.ts';
import type { Ledger } from '#src/stores/ledger.ts';
import { createLedger } from '#src/stores/postgres/ledger.ts';
import { memoryBoard } from '#tests/contracts/channel-benches.ts';
import { newArticle, newRevision, sampleArticle } from '#tests/contracts/ledger/samples.ts';
import { type RecordingAlerts, recordingAlerts } from '#tests/fakes/alerts.ts';
import { silentLog } from '#tests/fakes/log.ts';
import { type ManualClock, manualClock } from '#tests/fakes/manual-clock.ts';
import { type MemoryDatabase, openMemoryDatabase } from '#tests/fakes/memory-database.ts';

const site: SiteSettings = {
  name: 'Báo Ví Dụ',
  url: 'https://bao.example',
  language: 'vi',
  timezone: 'Asia/Ho_Chi_Minh',
};

const hour = 3_600_000;
const guards = { burst: 10, goneGrace: 24 * hour, deskWindow: 0 };

export function channelSettings(id: string, change: Partial<ChannelSettings> = {}): ChannelSettings {
  return {
    id,
    kind: 'fake',
    settings: { accessToken: 'canary-token-1234' },
    only: null,
    compose: {
      template: '{{headline}}\n\n{{summary}}\n\n{{link}}\n{{hashtags}}',
      photos: 4,
      utm: null,
      correction: null,
      withdrawal: null,
    },
    pace: { settle: 0, gap: 0, perHour: null, quiet: null, maxAge: 6 * hour, maxAgeTotal: 24 * hour },
    breaking: null,
    approval: 'none',
    corrections: 'edit',
    withdrawals: 'delete',
    onUnknown: 'park',
    ...change,
  };
}

export interface DeliveryBench {
  clock: ManualClock;
  ledger: Ledger;
  alerts: RecordingAlerts;
  deps: DeliveryDeps;
  /** Adds a channel; its id must be new. */
  add(channel: Channel<any, any>, settings: ChannelSettings): void;
  /** Adds it with a fresh id, and gives that. */
  open(channel: Channel<any, any>, change?: Partial<ChannelSettings>): string;
  /** Drops all channels. */
  clear(): void;
  /** A new article, its rows written and free to go. */
  publish(change?: {
    publishedAt?: string | null;
    ready?: boolean;
    headline?: string;
    photos?: Photo[];
    /** Whatever else it holds. */
    article?: Partial<Article>;
  }): Promise<StoredArticle>;
  revise(id: string, headline: string, changes?: string[]): Promise<void>;
  withdraw(id: string): Promise<void>;
  /** The article's rows, oldest first. */
  rows(articleId: string): Promise<Delivery[]>;
  row(articleId: string, channelId: string): Promise<Delivery>;
  /** One round of what the sweep finds. */
  sweep(deps?: DeliveryDeps): Promise<void>;
  /** Rounds, a minute apart, until nothing is left to do. */
  settle(rounds?: number): Promise<void>;
  /** So many seconds in rounds of ten, as with a queue that is never late. */
  live(seconds: number): Promise<void>;
  close(): Promise<void>;
}

export async function openDeliveryBench(
  openDatabase: () => Promise<Pick<MemoryDatabase, 'db' | 'close'>> = openMemoryDatabase,
): Promise<DeliveryBench> {
  const database = await openDatabase();
  let names = 0;
  const newId = () => `row${String(++names).padStart(7, '0')}`;
  const ledger = createLedger(database.db, { newId });
  const clock = manualClock();
  const alerts = recordingAlerts(clock.now);
  const channels = new Map<string, { settings: ChannelSettings; channel: Channel<any, any> }>();
  const deps: DeliveryDeps = {
    ledger,
    alerts,
    journal: { note() {} },
    channels,
    settings: { site, publicUrl: 'https://loa.example', guards, summarizer: null },
    http: { request: () => Promise.reject(new Error('no network here')) },
    board: memoryBoard(),
    connect: () => Promise.reject(new Error('no network here')),
    seal: createSeal(new Uint8Array(32)),
    files: { read: async () => null },
    fitPhoto: async () => ({ failure: 'no photos here' }),
    clock,
    log: silentLog,
    random: (bytes) => new Uint8Array(bytes).fill(128),
    signal: new AbortController().signal,
  };
  const planned = async () =>
    Promise.all(
      [...channels.values()].map(async (configured) => {
        return plannedChannel(configured, (await ledger.channels.state(configured.settings.id, clock.now())).since);
      }),
    );
  const existing = (id: string) => ledger.deliveries.list({ articleIds: [id], limit: 100 });

  const bench: DeliveryBench = {
    clock,
    ledger,
    alerts,
    deps,
    add: (channel, settings) => void channels.set(settings.id, { settings, channel }),
    open(channel, change) {
      const id = `channel-${++names}`;
      bench.add(channel, channelSettings(id, change));
      return id;
    },
    clear: () => channels.clear(),
    async publish({
      publishedAt = new Date(clock.now()).toISOString(),
      ready = true,
      headline,
      photos,
      article: more,
    } = {}) {
      const articleId = `art${String(++names).padStart(7, '0')}`;
      const now = clock.now();
      const article = sampleArticle({ publishedAt, ...(headline && { headline }), ...(photos && { photos }), ...more });
      const plan = { articleId, article, sourceId: 'portal', baseline: false, channels: await planned(), site, now };
      const made = await ledger.articles.create(newArticle(articleId, { article, deliveries: planCreate(plan), now }));
      if (ready) await ledger.articles.markReady(articleId, 1, now, []);
      return made.article;
    },
    async revise(id, headline, changes = ['headline']) {
      const stored = (await ledger.articles.get(id))!;
      const article = sampleArticle({ headline, publishedAt: stored.publishedAt, photos: stored.photos });
      const now = clock.now();
      const revision = stored.revision + 1;
      const channels = await planned();
      const plan = { stored, article, revision, changes, existing: await existing(id), channels, site, now };
      const deliveries = planRevision(plan);
      await ledger.articles.revise(newRevision(id, stored.revision, { article, changes, deliveries, now }));
      await ledger.articles.markReady(id, revision, now, []);
    },
    async withdraw(id) {
      const stored = (await ledger.articles.get(id))!;
      const now = clock.now();
      const rows = planWithdrawal({ stored, existing: await existing(id), channels: await planned(), site, now });
      await ledger.articles.withdraw({ articleId: id, reason: 'a mistake', now }, rows, []);
    },
    rows: async (id) => (await existing(id)).sort((a, b) => a.createdAt - b.createdAt),
    async row(articleId, channelId) {
      const row = (await existing(articleId)).find((each) => each.channelId === channelId && each.op === 'create');
      if (!row) throw new Error(`no create of ${articleId} on ${channelId}`);
      return row;
    },
    async sweep(worker = deps) {
      const now = clock.now();
      for (const { id } of await ledger.deliveries.due(now, 100)) await deliverPost(id, worker);
      for (const { id } of await ledger.deliveries.stranded(now, 100)) await reconcilePost(id, worker);
    },
    async settle(rounds = 30) {
      for (let round = 0; round < rounds; round++) {
        await bench.sweep();
        const open = await ledger.deliveries.list({ states: ['waiting', 'retry', 'sending'], limit: 1000 });
        if (!open.some(({ channelId }) => channels.has(channelId))) return;
        clock.advance(60_000);
      }
    },
    async live(seconds) {
      for (let past = 0; past < seconds; past += 10) {
        await bench.sweep();
        clock.advance(10_000);
      }
    },
    close: () => database.close(),
  };
  return bench;
}
