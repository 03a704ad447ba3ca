import type { Channel } from '#src/channels/channel.ts';
import type { Settings } from '#src/core/settings.ts';
import type { PreviewDeps } from '#src/delivery/preview.ts';
import { silentLog } from '#tests/fakes/log.ts';
import { manualClock } from '#tests/fakes/manual-clock.ts';
import { type LedgerContent, readLedger } from '#tests/fakes/read-ledger.ts';

/** What a preview needs, of plain lists; no network, no photos to fit. */
export function previewDeps(
  content: Partial<LedgerContent>,
  settings: Settings,
  kinds: readonly Channel<any, any>[],
): PreviewDeps {
  const channels = settings.channels.map((one) => {
    return [one.id, { settings: one, channel: kinds.find(({ kind }) => kind === one.kind)! }] as const;
  });
  return {
    ledger: readLedger(content),
    settings,
    channels: new Map(channels),
    http: { request: () => Promise.reject(new Error('no network here')) },
    fitPhoto: async () => ({ failure: 'nothing fits here' }),
    clock: manualClock(),
    log: silentLog,
    signal: new AbortController().signal,
  };
}
