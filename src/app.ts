/** The composition root: builds every part from the settings, starts them in order and stops them in reverse. */
import { once } from 'node:events';
import { join } from 'node:path';
import { isOnRanges } from '#config/fields.ts';
import { loadProfile } from '#config/profiles.ts';
import { checkEvery, startChannelChecks } from '#jobs/check-channels.ts';
import { configuredSources } from '#jobs/configured-sources.ts';
import type { Deps } from '#jobs/deps.ts';
import { renderMissingPhotos } from '#jobs/missing-photos.ts';
import { registerConfigured } from '#jobs/register-configured.ts';
import { jobs as jobKinds } from '#jobs/registry.ts';
import { sweepDue } from '#jobs/sweep.ts';
import { createStopWatch } from '#jobs/watch-stop.ts';
import { createDelivery } from '#src/app-delivery.ts';
import { type Served, serve } from '#src/app-serving.ts';
import { createArticleReader } from '#src/articles/article-reader.ts';
import type { Settings } from '#src/core/settings.ts';
import type { Clock, Journal, Log } from '#src/core/tools.ts';
import { createEntryCache } from '#src/feeds/entry-cache.ts';
import { formats } from '#src/feeds/registry.ts';
import { createHttp } from '#src/net/http-client.ts';
import { createPoliteHttp } from '#src/net/polite-http.ts';
import { createAlerts } from '#src/ops/alerts.ts';
import { every } from '#src/ops/every.ts';
import { createJournal } from '#src/ops/journal.ts';
import { newId } from '#src/ops/new-id.ts';
import { createStopFile } from '#src/ops/stop-file.ts';
import { createTally } from '#src/ops/tally.ts';
import { within } from '#src/ops/within.ts';
import { createPhotoPool } from '#src/photos/pool.ts';
import { pruneOriginals } from '#src/photos/prune-originals.ts';
import { hintsFor } from '#src/queue/hints.ts';
import { keepSchedules } from '#src/queue/keep-schedules.ts';
import { openBackend } from '#src/queue/open-backend.ts';
import { createQueues } from '#src/queue/queues.ts';
import { roles as allRoles, queuesFor, type Role } from '#src/queue/roles.ts';
import { startWorkers } from '#src/queue/worker.ts';
import { createRobots } from '#src/sources/robots.ts';
import { cleanTemps, diskFiles } from '#src/stores/files/disk.ts';
import { writeBackup } from '#src/stores/postgres/backup.ts';
import { openLedger } from '#src/stores/postgres/open-ledger.ts';

export interface App {
  /** Ends within ten seconds with nothing half done: what is cut off stands in the ledger as due. */
  stop(): Promise<void>;
}

export interface StartOptions {
  log: Log;
  clock: Clock;
  roles?: readonly Role[];
  /** Ends the waiting for a server that is away: starting then fails with its reason. */
  signal?: AbortSignal;
  /** Called once readers are served, before the work begins; null when this process does not serve. */
  onServing?: (served: Served | null) => void;
  /** The disk failed and nothing more is stored: the process must end. */
  onBroken?: (error: Error) => void;
}

const maintainEvery = 30_000;
const stopLookEvery = 1500;
const tallyEvery = 10_000;
const sweepEvery = 30_000;
const backupEvery = 3_600_000;
const pruneEvery = 3_600_000;
/** For the jobs under way, and for all together. */
const stopLimit = 7_000;
const stopWithin = 8_500;

/** Opens the ledger, serves, and sets every worker going. Throws a `UserError` for what a person must mend. */
export async function startApp(settings: Settings, options: StartOptions): Promise<App> {
  const { log, clock, roles = allRoles } = options;
  const stopping = new AbortController();
  const signal = options.signal ? AbortSignal.any([stopping.signal, options.signal]) : stopping.signal;
  const opened: (() => Promise<unknown> | unknown)[] = [];
  const stop = async (): Promise<void> => {
    stopping.abort(new Error('Loa is stopping'));
    const end = clock.monotonic() + stopWithin;
    for (const close of opened.splice(0).reverse()) {
      const closed = Promise.resolve()
        .then(close)
        .catch((error) => log.warn('something did not stop as it should', { error }));
      // A server that says nothing more would be waited for much longer.
      await within(closed, Math.max(100, end - clock.monotonic()), clock);
    }
  };

  try {
    const alerts = createAlerts({ log, clock });
    const store = await openLedger({
      data: settings.data,
      database: settings.database,
      waitForServer: true,
      signal,
      alerts,
      log,
      clock,
      ...(options.onBroken && { onBroken: options.onBroken }),
    });
    opened.push(() => store.close());
    alerts.keepIn(store.ledger.alerts);
    opened.push(() => alerts.close());
    const filesRoot = join(settings.data, 'files');
    await cleanTemps(filesRoot, clock.now());
    const files = diskFiles(filesRoot);
    const network = { allow: settings.network.allow, userAgent: userAgent(settings), clock };
    const http = createHttp(network);
    opened.push(() => http.close());
    const toSources = createHttp({ ...network, keepConnections: true });
    opened.push(() => toSources.close());
    const sourceHttp = createPoliteHttp(toSources, clock);
    opened.push(() => sourceHttp.close());
    const reader = createArticleReader({ log, clock });
    opened.push(() => reader.close());
    const photos = createPhotoPool({ log, clock });
    opened.push(() => photos.close());

    const { ledger } = store;
    const queuePool = store.database.queuePool;
    const alone = store.database.kind === 'embedded';
    const backend = await openBackend(settings.queue, { queuePool, alone, alerts, log, clock });
    opened.push(() => backend.close());
    const definitions = new Map(jobKinds.map((definition) => [definition.kind, definition]));
    const channelIds = settings.channels.map(({ id }) => id);
    const names = queuesFor(allRoles, channelIds).map(({ name }) => name);
    const queues = createQueues({ backend, definitions, keepFailed: settings.keep.jobs, names, log });
    opened.push(() => queues.close());

    const tally = createTally(ledger.counts);
    opened.push(() => tally.flush().catch(() => {}));
    const lines = createJournal(log, clock, { shared: roles.length < allRoles.length });
    const journal: Journal = {
      note(event) {
        lines.note(event);
        tally.note(event);
      },
    };
    const parts = { ledger, files, photos, http, alerts, journal, clock, log, signal };
    const delivery = await createDelivery(settings, parts);
    const deps: Deps = {
      settings,
      sources: configuredSources(settings, loadProfile),
      channels: delivery.channels,
      formats,
      entryCache: createEntryCache(),
      ledger,
      files,
      reader,
      photos,
      http,
      sourceHttp,
      ownNetwork: (host) => isOnRanges(host, settings.network.allow),
      robots: createRobots({ http, clock }),
      jobs: hintsFor(queues, backend),
      delivery,
      stopFile: createStopFile(settings.data),
      journal,
      alerts,
      log,
      clock,
      newId,
      backup: async () => void (await store.backup(settings.keep.backups)),
    };

    const backupTo = (file: string) => writeBackup(store.database.db, file, clock);
    const served = roles.includes('web')
      ? await serve(deps, { alerts, tally, queues, backend, backupTo }, opened)
      : null;
    options.onServing?.(served);
    await registerConfigured(deps);
    // The lock on the data folder is ours: whoever was sending when the last process ended is dead.
    if (alone) await ledger.deliveries.endClaims(clock.now());
    const tools = { definitions, deps, clock, log, signal };
    const workers = startWorkers(backend, queuesFor(roles, channelIds), tools);
    opened.push(() => workers.close(stopLimit));
    const askForPhotos = () => renderMissingPhotos({ ...deps, jobs: queues });
    const schedules = keepSchedules({
      queues,
      backend,
      schedules: [
        { request: { kind: 'sweep', payload: {} }, every: sweepEvery },
        { request: { kind: 'backup-ledger', payload: {} }, every: backupEvery },
      ],
      async begin() {
        for (const sourceId of deps.sources.keys()) await queues.add({ kind: 'poll-source', payload: { sourceId } });
        await sweepDue(deps);
        const missing = await askForPhotos();
        if (missing) log.info(`${missing} photos are made again: their files are gone, or an older version made them`);
      },
      async sweep() {
        await sweepDue(deps);
        await askForPhotos();
      },
      clock,
      log,
    });
    opened.push(() => schedules.stop());
    // Told to stop, nobody waits for a server that says nothing.
    if (!signal.aborted) await Promise.race([schedules.check(), once(signal, 'abort')]);

    const regularly = (ms: number, what: string, work: () => Promise<unknown>): void => {
      opened.push(every(ms, work, (error) => log.warn(`${what} failed`, { error })));
    };
    regularly(stopLookEvery, 'looking whether posting is stopped', createStopWatch(deps));
    // By who sends: another one may not even reach them.
    if (roles.includes('deliver')) regularly(checkEvery, 'checking channels', startChannelChecks(deps));
    // What the ledger does not take now is added later.
    regularly(tallyEvery, 'counting', () => tally.flush().catch(() => {}));
    regularly(maintainEvery, 'tidying the database', store.database.maintain);
    regularly(pruneEvery, 'removing old originals', () => pruneOriginals(files, settings.keep.originals, clock.now()));
    return { stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const userAgent = ({ site }: Pick<Settings, 'site'>): string => `Loa/0.1 (+${site.url})`;
