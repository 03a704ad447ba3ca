/** The log: JSON lines for machines, or lines for people, through one gate that masks secrets. */
import { type DestinationStream, type Logger, pino } from 'pino';
import type { Log, LogFields } from '#src/core/tools.ts';
import { humanLine } from '#src/ops/human-line.ts';
import { maskField, maskText } from '#src/ops/mask-log.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export interface LogOptions {
  level: LogLevel;
  destination: DestinationStream;
  /** `21:04:12 new article …` instead of JSON lines. */
  human: boolean;
  /** IANA zone of the times in human lines. Default: the machine's. */
  timezone?: string;
}

export interface OpsLog extends Log {
  /** The one way past the gate: for a secret that is meant for whoever reads this log. */
  show(line: string): void;
}

/** One entry is one line, whatever its message and fields hold; no secret goes through `Log`. */
export function createLog({ level, destination, human, timezone }: LogOptions): OpsLog {
  const target = human ? humanDestination(destination, timezone) : destination;
  const logger = pino(
    { level, base: null, timestamp: () => `,"time":"${new Date().toISOString()}"`, formatters },
    target,
  );
  return {
    debug: (message, fields) => write(logger, 'debug', message, fields),
    info: (message, fields) => write(logger, 'info', message, fields),
    warn: (message, fields) => write(logger, 'warn', message, fields),
    error: (message, fields) => write(logger, 'error', message, fields),
    show: (line) => logger.info(line),
  };
}

const formatters = { level: (label: string) => ({ level: label }) };

function write(logger: Logger, level: LogLevel, message: string, fields: LogFields = {}): void {
  if (!logger.isLevelEnabled(level)) return;
  const masked = Object.entries(fields).map(([name, value]) => [name, maskField(name, value)]);
  logger[level](Object.fromEntries(masked), maskText(message));
}

function humanDestination(destination: DestinationStream, timezone?: string): DestinationStream {
  return { write: (line) => destination.write(`${humanLine(JSON.parse(line), timezone)}\n`) };
}
