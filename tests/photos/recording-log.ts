import type { Log, LogFields } from '#src/core/tools.ts';

/** Keeps what is said, and lets a test wait for it. */
export function recordingLog(): Log & { next(message: string): Promise<LogFields> } {
  const waiting: { message: string; resolve: (fields: LogFields) => void }[] = [];
  const say = (message: string, fields: LogFields = {}) => {
    for (const wait of waiting.filter((wait) => wait.message === message)) {
      waiting.splice(waiting.indexOf(wait), 1);
      wait.resolve(fields);
    }
  };
  const next = (message: string) => new Promise<LogFields>((resolve) => waiting.push({ message, resolve }));
  return { debug: say, info: say, warn: say, error: say, next };
}
