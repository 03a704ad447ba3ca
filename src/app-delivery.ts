/** The part of the composition root that delivers: for the worker, and for a command without one. */
import { randomBytes } from 'node:crypto';
import { configuredChannels } from '#jobs/configured-channels.ts';
import { ledgerBoard } from '#jobs/ledger-board.ts';
import { createSeal } from '#src/core/seal.ts';
import type { Settings } from '#src/core/settings.ts';
import type { Alerts, Clock, Http, Journal, Log } from '#src/core/tools.ts';
import type { DeliveryDeps } from '#src/delivery/deps.ts';
import { createConnect } from '#src/net/guarded-socket.ts';
import { openSecretKey } from '#src/ops/secret-key.ts';
import { createStopFile } from '#src/ops/stop-file.ts';
import { createStopped } from '#src/ops/stopped.ts';
import { fitPhoto } from '#src/photos/fit-photo.ts';
import type { PhotoPool } from '#src/photos/pool.ts';
import type { FileStore } from '#src/stores/files.ts';
import type { Ledger } from '#src/stores/ledger.ts';

export interface DeliveryParts {
  ledger: Ledger;
  files: FileStore;
  photos: Pick<PhotoPool, 'fit'>;
  http: Http;
  alerts: Alerts;
  journal: Journal;
  clock: Clock;
  log: Log;
  signal: AbortSignal;
}

export async function createDelivery(settings: Settings, parts: DeliveryParts): Promise<DeliveryDeps> {
  const { ledger, files, photos, clock } = parts;
  return {
    ...parts,
    settings,
    channels: configuredChannels(settings),
    board: ledgerBoard(ledger.board, settings.publicUrl, clock),
    connect: createConnect({ allow: settings.network.allow }),
    seal: createSeal(await openSecretKey(settings.data)),
    fitPhoto: (order) => fitPhoto(order, { files, pool: photos }),
    random: (bytes) => randomBytes(bytes),
    stopped: createStopped(createStopFile(settings.data), ledger.switches, settings.site.timezone),
  };
}
