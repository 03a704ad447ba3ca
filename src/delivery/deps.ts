import type { Board, Channel, Connect } from '#src/channels/channel.ts';
import type { FitOrder, Fitting } from '#src/core/photo-fit.ts';
import type { Seal } from '#src/core/seal.ts';
import type { ChannelSettings, Settings } from '#src/core/settings.ts';
import type { Alerts, Clock, Http, Journal, Log, Random } from '#src/core/tools.ts';
import type { FileStore } from '#src/stores/files.ts';
import type { Ledger } from '#src/stores/ledger.ts';

export interface ConfiguredChannel {
  settings: ChannelSettings;
  channel: Channel;
}

/** What delivery is handed. */
export interface DeliveryDeps {
  ledger: Pick<
    Ledger,
    'articles' | 'deliveries' | 'photos' | 'channels' | 'secrets' | 'rates' | 'optOuts' | 'summaries'
  >;
  alerts: Alerts;
  journal: Journal;
  channels: ReadonlyMap<string, ConfiguredChannel>;
  settings: Pick<Settings, 'site' | 'publicUrl' | 'guards' | 'summarizer'>;
  http: Http;
  board: Board;
  connect: Connect;
  seal: Seal;
  files: Pick<FileStore, 'read'>;
  /** Makes a file that a service takes of a photo none of whose files it does; throws only when the machine fails. */
  fitPhoto(order: FitOrder): Promise<Fitting>;
  clock: Clock;
  log: Log;
  random: Random;
  /** Shutdown: no new send, and an end to the one under way. */
  signal: AbortSignal;
  /** The kill switch: why nothing is sent at all; null while it is off. */
  stopped?(): Promise<string | null>;
}
