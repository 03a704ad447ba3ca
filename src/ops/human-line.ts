/** One log entry as a line for a person at a terminal: `21:04:12 new article  portal  Cầu Rạch Ông thông xe`. */

interface Entry {
  level: string;
  time: string;
  msg: string;
  [field: string]: unknown;
}

/** `timezone`: IANA zone of the time shown; default the machine's. */
export function humanLine({ level, time, msg, ...fields }: Entry, timezone?: string): string {
  const zone = timezone ? { timeZone: timezone } : {};
  const clock = new Date(time).toLocaleTimeString('en-GB', { hour12: false, ...zone });
  const mark = level === 'warn' ? 'warning: ' : level === 'error' ? 'ERROR: ' : '';
  const shown = Object.entries(fields).filter(([name, value]) => {
    return value !== null && value !== undefined && value !== '' && !ids.has(name) && !isSaid(value, msg);
  });
  return [`${clock} ${mark}${msg}`, ...shown.map(([name, value]) => `${name}=${plain(value)}`)].join('  ');
}

/** For machines that join entries; a person has the sentence. */
const ids = new Set([
  'articleId',
  'cause',
  'deliveryId',
  'channelId',
  'sourceId',
  'readingId',
  'job',
  'attempt',
  'revision',
  'position',
]);

function isSaid(value: unknown, sentence: string): boolean {
  const { message } = Object(value);
  return typeof message === 'string' && sentence.includes(message);
}

function plain(value: unknown): string {
  if (typeof value === 'string') return /[\s="]/.test(value) ? JSON.stringify(value) : value;
  if (typeof value !== 'object' || value === null) return String(value);
  // The stack is for the JSON log; here the reason is enough.
  if ('message' in value && typeof value.message === 'string') return JSON.stringify(value.message);
  return JSON.stringify(value);
}
