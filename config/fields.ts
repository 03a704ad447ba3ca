/** The forms of single values in the settings file: what a person writes, and what the program gets. */
import { BlockList, isIP } from 'node:net';
import { z } from 'zod';

const units = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `30s 2m 6h 3d` -> milliseconds, within `min` and `max` (written the same way). */
export function duration(min: string, max: string) {
  const lowest = milliseconds(min)!;
  const highest = milliseconds(max)!;
  return text('duration', 'must be a duration such as `30s`, `2m`, `6h` or `3d`').transform((written, context) => {
    const value = milliseconds(written);
    if (value === null) return refuse(context, 'must be a duration such as `30s`, `2m`, `6h` or `3d`');
    if (value < lowest || value > highest) return refuse(context, `must be between \`${min}\` and \`${max}\``);
    return value;
  });
}

function milliseconds(written: string): number | null {
  const match = /^(\d{1,9})\s*(s|m|h|d)$/.exec(written.trim());
  return match ? Number(match[1]) * units[match[2] as keyof typeof units] : null;
}

/** `off` -> null. */
export function orOff<T extends z.ZodType>(schema: T) {
  return z.union([z.literal('off').transform(() => null), schema]);
}

/** `22:00-06:00` -> minutes of the day. */
export const quietHours = text('hours', 'must be hours such as `"22:00-06:00"`').transform((written, context) => {
  const match = /^([01]?\d|2[0-3]):([0-5]\d)\s*[-–]\s*([01]?\d|2[0-3]):([0-5]\d)$/.exec(written.trim());
  if (!match) return refuse(context, 'must be hours such as `"22:00-06:00"`, or `off`');
  const from = Number(match[1]) * 60 + Number(match[2]);
  const to = Number(match[3]) * 60 + Number(match[4]);
  if (from === to) return refuse(context, 'must not begin and end at the same time; `off` means no quiet hours');
  return { from, to };
});

/** `127.0.0.1:8080`, `[::1]:8080`, `localhost:8080`. */
export const listenAddress = text('address and port', 'must be an address and port such as `127.0.0.1:8080`').transform(
  (written, context) => {
    const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:[\]/]+)):(\d{1,5})$/.exec(written.trim());
    const host = match?.[1] ?? match?.[2];
    const port = Number(match?.[3]);
    if (!match || !host || port > 65_535 || (match[1] !== undefined && isIP(host) !== 6)) {
      return refuse(context, 'must be an address and port such as `127.0.0.1:8080` or `[::1]:8080`');
    }
    return { host, port };
  },
);

/** An http or https address without a slash at the end. */
export const webAddress = text('web address', 'must be an address such as `https://bao.example`').transform(
  (written, context) => {
    const url = URL.parse(written.trim());
    if (!url || !/^https?:$/.test(url.protocol)) return refuse(context, 'must be an address that begins with https://');
    if (url.username || url.password) return refuse(context, 'must not hold a user name or password');
    if (url.search || url.hash) return refuse(context, 'must end before any `?` or `#`');
    return url.href.replace(/\/+$/, '');
  },
);

export const timezone = text('time zone', 'must be a time zone such as `Asia/Ho_Chi_Minh`').transform(
  (written, context) => {
    try {
      return new Intl.DateTimeFormat('en', { timeZone: written.trim() }).resolvedOptions().timeZone && written.trim();
    } catch {
      return refuse(context, 'is not a time zone: names are such as `Asia/Ho_Chi_Minh` or `UTC`');
    }
  },
);

/** BCP 47, in its canonical writing. */
export const language = text('language', 'must be a language tag such as `vi`, `en` or `pt-BR`').transform(
  (written, context) => {
    try {
      return Intl.getCanonicalLocales(written.trim())[0]!;
    } catch {
      return refuse(context, 'must be a language tag such as `vi`, `en` or `pt-BR`');
    }
  },
);

/** Stands in addresses, file names and queue names. */
export const id = z
  .string({ error: 'must be text: put it in quotes' })
  .regex(/^[a-z0-9-]{1,40}$/, 'must be 1 to 40 of the characters a-z, 0-9 and -')
  .meta({ title: 'id' });

/** One line of text that is not empty. */
export function line(max: number) {
  return z
    .string({ error: 'must be text: put it in quotes' })
    .trim()
    .min(1, 'must not be empty')
    .max(max, `must be at most ${max} characters`)
    .regex(/^[^\p{Cc}]*$/u, 'must be one line without control characters')
    .transform((written) => written.normalize('NFC'));
}

/** One value or a list of them. */
export function oneOrMore<T extends z.ZodType>(schema: T) {
  return z.union([schema.transform((value) => [value]), z.array(schema).min(1, 'must not be an empty list')]);
}

/** `10.0.0.0/8`, `fd00::/8`, or one address. */
export const addressRange = text('address range', 'must be an address range such as `10.0.0.0/8`').transform(
  (written, context) => {
    const range = parseRange(written.trim());
    return range ? written.trim() : refuse(context, 'must be an address range such as `10.0.0.0/8` or `fd00::/8`');
  },
);

/** Whether the host of an address is one of `ranges`; names other than `localhost` are never looked up here. */
export function isOnRanges(host: string, ranges: readonly string[]): boolean {
  const bare = host.replace(/^\[|\]$/g, '');
  const addresses = bare === 'localhost' ? ['127.0.0.1', '::1'] : [bare];
  const list = new BlockList();
  for (const range of ranges.map(parseRange)) if (range) list.addSubnet(range.address, range.prefix, range.family);
  return addresses.some((address) => isIP(address) > 0 && list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6'));
}

function parseRange(written: string): { address: string; prefix: number; family: 'ipv4' | 'ipv6' } | null {
  const [address = '', bits, ...rest] = written.split('/');
  const version = isIP(address);
  const most = version === 4 ? 32 : 128;
  const prefix = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN;
  if (version === 0 || rest.length > 0 || !(prefix <= most)) return null;
  return { address, prefix, family: version === 4 ? 'ipv4' : 'ipv6' };
}

/** `title`: what the docs call such a value. */
function text(title: string, expected: string) {
  return z.string({ error: expected }).meta({ title });
}

function refuse(context: { issues: unknown[]; value: unknown }, message: string): never {
  context.issues.push({ code: 'custom', message, input: context.value });
  return z.NEVER;
}
