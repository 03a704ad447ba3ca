import { type StopFile, stopSentence } from '#src/core/stop.ts';
import type { SwitchStore } from '#src/stores/switches.ts';

/** Why nothing is sent at all, null while posts go out: asked at every gate. The file first, whatever the ledger does. */
export function createStopped(
  file: Pick<StopFile, 'read'>,
  switches: Pick<SwitchStore, 'stopped'>,
  zone: string,
): () => Promise<string | null> {
  return async () => {
    const stop = (await file.read()) ?? (await switches.stopped());
    return stop && stopSentence(stop, zone);
  };
}
