/** The part of the composition root that serves readers, operators and ops. */
import { randomBytes } from 'node:crypto';
import { createDecisions } from '#jobs/decisions.ts';
import type { Deps } from '#jobs/deps.ts';
import { createHubCallbacks } from '#jobs/take-delivery.ts';
import { createIngest } from '#jobs/take-push.ts';
import { createPages } from '#src/console/pages.ts';
import { configuredChannel } from '#src/core/configured-channel.ts';
import { showDelivery } from '#src/delivery/approve.ts';
import { backtest } from '#src/delivery/backtest.ts';
import { previewArticle } from '#src/delivery/preview.ts';
import { readerPages } from '#src/delivery/reader-pages.ts';
import { testChannel } from '#src/delivery/test-channel.ts';
import type { OpsAlerts } from '#src/ops/alerts.ts';
import { checkParts } from '#src/ops/health.ts';
import { createMetrics } from '#src/ops/metrics.ts';
import { openMetricsToken } from '#src/ops/metrics-token.ts';
import { removeRunFile, writeRunFile } from '#src/ops/run-file.ts';
import type { Tally } from '#src/ops/tally.ts';
import type { OpenBackend } from '#src/queue/backend.ts';
import { createQueueControl } from '#src/queue/inspect.ts';
import type { Queues } from '#src/queue/queues.ts';
import { commandRoutes } from '#src/server/command-routes.ts';
import { queueRoutes } from '#src/server/queue-routes.ts';
import { createServer } from '#src/server/server.ts';

export interface Served {
  url: string;
  /** One-time link to the console. */
  signIn: string;
}

/** What only those who look and command need. */
export interface ServeTools {
  alerts: OpsAlerts;
  tally: Tally;
  queues: Queues;
  backend: OpenBackend;
  backupTo(file: string): Promise<unknown>;
}

/** Starts to serve; what must be closed later is added to `opened`. */
export async function serve(
  deps: Deps,
  { alerts, tally, queues, backend, backupTo }: ServeTools,
  opened: (() => unknown)[],
): Promise<Served> {
  const { settings, files, ledger, log, clock } = deps;
  const token = randomBytes(24).toString('base64url');
  const show = (id: string) => showDelivery(id, deps.delivery);
  const pages = createPages({ settings, ledger, alerts, clock, show, formats: deps.formats });
  const health = () => checkParts({ ledger: () => ledger.alerts.open(), files: () => files.list('feeds') });
  const preview = (id: string, channelId?: string) => previewArticle(id, channelId, deps.delivery);
  const tryChannel = (id: string, withPost: boolean) =>
    testChannel(configuredChannel(id, deps.channels), { withPost }, deps.delivery);
  const play = (days: number, channelId: string | null) => backtest(days, channelId, deps.delivery);
  const decisions = createDecisions(deps);
  const commands = commandRoutes({ preview, decisions, show, backupTo, tryChannel, backtest: play });
  const control = createQueueControl({ queues, backend });
  const metrics = createMetrics({ settings, ledger, alerts, queues: control, tally, clock });
  const server = createServer({
    settings,
    files,
    ledger,
    alerts,
    log,
    clock,
    runToken: token,
    formats: deps.formats,
    pages,
    health,
    api: [...commands, ...queueRoutes(control)],
    ingest: createIngest(deps),
    websub: createHubCallbacks(deps),
    channelPages: readerPages(deps.delivery),
    board: { queues: queues.list(), inDatabase: settings.queue.kind === 'database' },
    metrics: { ...metrics, token: await openMetricsToken(settings.data) },
  });
  const { url } = await server.listen();
  opened.push(() => server.close());
  await writeRunFile(settings.data, { pid: process.pid, url, token });
  opened.push(() => removeRunFile(settings.data, token));
  return { url, signIn: url + (await server.signInPath()) };
}
