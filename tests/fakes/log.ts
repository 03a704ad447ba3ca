import type { Log, LogFields } from '#src/core/tools.ts';

/** Takes everything and says nothing. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

export interface LogLine {
  level: 'debug' | 'info' | 'warn' | 'error';
  message: string;
}

export interface RecordingLog extends Log {
  lines: LogLine[];
  /** Resolves with the fields of the next line that says this. */
  next(message: string): Promise<LogFields>;
}

/** Remembers what was said, and lets a test wait for it. */
export function recordingLog(): RecordingLog {
  const lines: LogLine[] = [];
  const waiting = new Set<{ message: string; resolve: (fields: LogFields) => void }>();
  const at =
    (level: LogLine['level']) =>
    (message: string, fields: LogFields = {}) => {
      lines.push({ level, message });
      for (const wait of waiting) {
        if (wait.message !== message) continue;
        waiting.delete(wait);
        wait.resolve(fields);
      }
    };
  const next = (message: string) => new Promise<LogFields>((resolve) => void waiting.add({ message, resolve }));
  return { lines, next, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
