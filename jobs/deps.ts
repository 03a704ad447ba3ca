/** What the jobs are handed. */
import type { ArticleReader } from '#src/articles/article-reader.ts';
import type { Profile } from '#src/core/profile.ts';
import type { Settings, SourceSettings } from '#src/core/settings.ts';
import type { StopFile } from '#src/core/stop.ts';
import type { Alerts, Clock, Http, Journal, Log } from '#src/core/tools.ts';
import type { ConfiguredChannel, DeliveryDeps } from '#src/delivery/deps.ts';
import type { EntryCache } from '#src/feeds/entry-cache.ts';
import type { FeedFormat } from '#src/feeds/feed-format.ts';
import type { PhotoPool } from '#src/photos/pool.ts';
import type { Jobs } from '#src/queue/job.ts';
import type { Robots, Source } from '#src/sources/source.ts';
import type { FileStore } from '#src/stores/files.ts';
import type { Ledger } from '#src/stores/ledger.ts';

export interface ConfiguredSource {
  settings: SourceSettings;
  source: Source;
  profile: Profile;
  /** Folder below which `file:` photos may stand; null for sources on the network. */
  folder: string | null;
}

export interface Deps {
  settings: Settings;
  sources: ReadonlyMap<string, ConfiguredSource>;
  channels: ReadonlyMap<string, ConfiguredChannel>;
  formats: readonly FeedFormat[];
  /** What the feeds' last builds rendered. */
  entryCache: EntryCache;
  ledger: Ledger;
  files: FileStore;
  reader: ArticleReader;
  photos: PhotoPool;
  http: Http;
  /** For sources: one request at a time to each host, none while it asks for rest. */
  sourceHttp: Http;
  robots: Robots;
  /** Whether a host, as it stands in an address, is on a network that the settings allow. */
  ownNetwork(host: string): boolean;
  jobs: Jobs;
  delivery: DeliveryDeps;
  stopFile: StopFile;
  journal: Journal;
  alerts: Alerts;
  log: Log;
  clock: Clock;
  /** Ten characters of `[0-9a-z]`, never the same twice. */
  newId(): string;
  /** Writes one backup and drops those that are too old. */
  backup(): Promise<void>;
}
