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
  const shown = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return [`${clock} ${mark}${msg}`, ...shown.map(([name, value]) => `${name}=${plain(value)}`)].join('  ');
}

function plain(value: unknown): string {
  if (typeof value === 'string') return /[\s="]/.test(value) ? JSON.stringify(value) : value;
  if (typeof value !== 'object' || value === null) return String(value);
  // The stack is for the JSON log; here the reason is enough.
  if ('message' in value && typeof value.message === 'string') return JSON.stringify(value.message);
  return JSON.stringify(value);
}
