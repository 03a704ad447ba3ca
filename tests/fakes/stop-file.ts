import type { KeptStop, StopFile } from '#src/core/stop.ts';

/** In memory; null: no file. */
export function memoryStopFile(): StopFile & { kept: KeptStop | null } {
  const file: ReturnType<typeof memoryStopFile> = {
    kept: null,
    read: async () => file.kept,
    write: async (stop) => void (file.kept = stop),
    remove: async () => void (file.kept = null),
  };
  return file;
}
