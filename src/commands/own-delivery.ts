/** What delivers, for a command that runs without a worker. */
import { join } from 'node:path';
import { createDelivery } from '#src/app-delivery.ts';
import type { CommandContext } from '#src/commands/command.ts';
import { quietLog } from '#src/commands/read-ledger.ts';
import type { Settings } from '#src/core/settings.ts';
import type { DeliveryDeps } from '#src/delivery/deps.ts';
import { createHttp } from '#src/net/http-client.ts';
import { systemClock as clock } from '#src/ops/clock.ts';
import { createPhotoPool } from '#src/photos/pool.ts';
import { diskFiles } from '#src/stores/files/disk.ts';
import type { Ledger } from '#src/stores/ledger.ts';

/** For as long as `work` takes. */
export async function withDelivery<T>(
  context: Pick<CommandContext, 'err'>,
  settings: Settings,
  ledger: Ledger,
  work: (delivery: DeliveryDeps) => Promise<T>,
): Promise<T> {
  const log = quietLog(context);
  const http = createHttp({ allow: settings.network.allow, userAgent: `Loa/0.1 (+${settings.site.url})`, clock });
  const photos = createPhotoPool({ log, clock });
  const { signal } = new AbortController();
  const files = diskFiles(join(settings.data, 'files'));
  const told = { alerts: { raise() {}, resolve() {} }, journal: { note() {} } };
  try {
    return await work(await createDelivery(settings, { ledger, files, photos, http, clock, log, signal, ...told }));
  } finally {
    await Promise.all([http.close(), photos.close()]);
  }
}
