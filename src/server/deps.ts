/** What the server is handed. */
import type { ChannelPage } from '#src/channels/channel.ts';
import type { HubCallbacks } from '#src/core/hub-callbacks.ts';
import type { Ingest } from '#src/core/ingest.ts';
import type { Pages } from '#src/core/page.ts';
import type { Settings } from '#src/core/settings.ts';
import type { Clock, Log } from '#src/core/tools.ts';
import type { BoardQueues } from '#src/server/open-queue-board.ts';
import type { AlertStore } from '#src/stores/alerts.ts';
import type { FileStore } from '#src/stores/files.ts';
import type { Ledger } from '#src/stores/ledger.ts';

export interface ServerDeps {
  settings: Settings;
  files: FileStore;
  ledger: Ledger;
  alerts: Pick<AlertStore, 'open'>;
  log: Log;
  clock: Clock;
  /** Whoever has it may give orders: the commands of the same user read it from `data/run.json`. */
  runToken: string;
  formats: readonly { name: string; title: string; contentType: string }[];
  pages: Pages;
  /** Whether each part does its work, for `/readyz`; without it the ledger alone is asked. */
  health?: () => Promise<HealthCheck[]>;
  /** For `/metrics`; `token` opens it for whoever asks from elsewhere. */
  metrics?: { read(): Promise<{ contentType: string; text: string }>; token: string };
  /** For `/console/queues`. */
  board?: BoardQueues;
  /** For `/ingest`. */
  ingest?: Ingest;
  /** For `/websub`. */
  websub?: HubCallbacks;
  /** For `/channels`. */
  channelPages?: readonly ChannelPage[];
  /** Further API routes, by whoever knows how to do their work. */
  api?: readonly ApiRoute[];
}

export interface HealthCheck {
  /** `database`, `queue`, `files` … */
  name: string;
  ok: boolean;
  /** What is wrong, in plain words. */
  detail: string | null;
}

export interface ApiRoute {
  method: 'GET' | 'POST';
  /** Below `/api/v1`: `/articles/:id/trace`. */
  path: string;
  /** For commands on this machine alone: a session of the console does not reach it. */
  local?: true;
  /** Gives JSON, null for a 404; a `UserError` becomes a 422 with its message and next step. */
  run(input: ApiInput): Promise<unknown>;
}

export interface ApiInput {
  parameters: Readonly<Record<string, string>>;
  query: Readonly<Record<string, unknown>>;
  body: unknown;
}
