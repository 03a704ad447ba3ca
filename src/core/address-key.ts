/** One key for every address at which the same page may stand, and what an address says about its story. */
import { byCodeUnit } from '#src/core/by-code-unit.ts';

export interface AddressKey {
  /** `https://bao.example/tin/a?id=1`, whatever the scheme, the mobile host, the tracking it came with. */
  key: string;
  /** The host without `www.`, `m.`, `amp.`; with a port that is not the usual one. */
  site: string;
  /** It names one story: by a number, a date or a slug of many words. A front page, a section or a live page does not. */
  specific: boolean;
  /** Numbers that content systems put into addresses: `-123456.html`, `?id=123456`. */
  numbers: readonly string[];
  /** The words of the last part of its path, without marks. */
  slug: readonly string[];
}

/** Null for what is no http(s) address. */
export function addressKey(address: string): AddressKey | null {
  const url = URL.parse(unwrapped(address.trim()));
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  const site = siteOf(url);
  const path = plainPath(url.pathname);
  const query = plainQuery(url.searchParams);
  const last = path.split('/').at(-1) ?? '';
  const numbers = numbersIn(path, query);
  const slug = wordsOf(last);
  return {
    key: `https://${site}${path}${query.length > 0 ? `?${new URLSearchParams(query)}` : ''}`,
    site,
    specific: numbers.length > 0 || slug.length >= 5 || isDated(path) || isOpaque(last) || hasId(query),
    numbers,
    slug,
  };
}

/** Of one site: the same host, or one below the other. */
export function isSameSite(a: Pick<AddressKey, 'site'>, b: Pick<AddressKey, 'site'>): boolean {
  return a.site === b.site || a.site.endsWith(`.${b.site}`) || b.site.endsWith(`.${a.site}`);
}

/** Words without marks and capitals: those of a slug and those of the headline it was made from are the same. */
export function slugWords(text: string): string[] {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd');
  return plain.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

/** A copy in a cache of AMP pages names the page it was made from. */
function unwrapped(address: string): string {
  const match = /^https?:\/\/[^/]+\.cdn\.ampproject\.org\/[a-z]\/(s\/)?(.+)$/i.exec(address);
  return match ? `http${match[1] ? 's' : ''}://${match[2]}` : address;
}

function siteOf({ hostname, port }: URL): string {
  let host = hostname.replace(/\.$/, '');
  for (;;) {
    const shorter = host
      .replace(/^(?:www\d?|m|mobile|amp|wap|touch)\.(?=[^.]+\.)/, '')
      .replace(/\.(?:m|amp)\.(?=[^.]+\.)/, '.');
    if (shorter === host) return port ? `${host}:${port}` : host;
    host = shorter;
  }
}

function plainPath(pathname: string): string {
  let path = decoded(pathname);
  for (;;) {
    const shorter = path
      .replace(/;[^/]*/g, '')
      .replace(/\/\.{1,2}(?=\/|$)/g, '')
      .replace(/\/{2,}/g, '/')
      .replace(/^\/amp(?=\/.)/i, '')
      .replace(/\/(?:index|default)\.(?:html?|php|aspx?|jsp)$/i, '')
      .replace(/\/amp\/?$/i, '')
      .replace(/\.amp(?=\.html?$|$)/i, '')
      .replace(/(?<![/\s])[/\s]+$/, '');
    if (shorter === path) return path.startsWith('/') ? path : `/${path}`;
    path = shorter;
  }
}

/** Both ways of writing a letter are one: `%E1%BB%95` and `ổ`, composed or not. */
function decoded(path: string): string {
  return path
    .replace(/%(?![\da-f]{2})/gi, '%25')
    .replace(/(?:%[\da-f]{2})+/gi, decodeRun)
    .normalize('NFC')
    .replaceAll('\\', '/')
    .replace(/\p{Cc}/gu, '');
}

function decodeRun(run: string): string {
  try {
    return decodeURIComponent(run).replace(/[%?#]/g, encodeURIComponent);
  } catch {
    return run;
  }
}

const notThePage =
  /^(?:utm_.*|fbclid|gclid|gbraid|wbraid|dclid|msclkid|twclid|ttclid|yclid|mc_.*|mkt_tok|zarsrc|igshid?|_ga|_gl|spm|ref|ref_src|cmpid|ns_.*|at_.*|pk_.*|hsa_.*|_hs.*|wt_.*|vero_.*|oly_.*|s_cid|share|session_?id|jsessionid|phpsessid|aspsessionid.*|cfid|cftoken)$/i;

function plainQuery(parameters: URLSearchParams): [string, string][] {
  return [...parameters]
    .filter(([name, value]) => !notThePage.test(name) && !isOtherView(name.toLowerCase(), value.toLowerCase()))
    .sort(([a, x], [b, y]) => (a === b ? byCodeUnit(x, y) : byCodeUnit(a, b)));
}

function isOtherView(name: string, value: string): boolean {
  // A session's is long; old systems number their stories by it.
  if (name === 'sid') return !/^\d{1,9}$/.test(value);
  if (name === 'amp' || name === 'mobile') return ['', '1', 'true'].includes(value);
  return (name === 'm' && value === '1') || (/^(?:output|outputtype)$/.test(name) && value === 'amp');
}

/** At the end of the last part of the path, or a part of its own, or a parameter; days are no ids. */
function numbersIn(path: string, query: readonly [string, string][]): string[] {
  const parts = path.split('/').filter(Boolean);
  const last = (parts.at(-1) ?? '').replace(/\.[a-z]{2,5}$/i, '');
  const found = [
    /(?:^|[^\d])(\d{4,20})$/.exec(last)?.[1],
    /^(?:[a-z]{0,4}-?)?(\d{5,20})(?=[-_])/i.exec(last)?.[1],
    ...idsIn(query).map((value) => /^\d{1,20}(?=$|[:-])/.exec(value)?.[0]),
  ];
  const own = found.flatMap((number) => (number === undefined || isDay(number) ? [] : number));
  // Before the last part it may count a section, unless the story has no other.
  const before = parts.slice(0, -1).flatMap((part) => /^[abd-z]?(\d{5,20})$/i.exec(part)?.[1] ?? []);
  return [...new Set(own.length > 0 ? own : before.filter((number) => !isDay(number)))];
}

/** Parameters that name a story, the surer ones first: beside one of those, another counts menus or sections. */
const idNames = [
  /^(?:p|id|nid|aid|sid|article|story|news|post|(?:article|story|news|post|doc|content)_?id)$/i,
  /^item_?id$/i,
  /^(?!(?:cat|category|tab|zone|section|menu|lang|language|page|site|user|author|topic|tag|channel|folder|parent|group|module|portal|chuyen_?muc|danh_?muc|muc|nhom|loai)_?id$).*id$/i,
];

/** The values of the surest of them. */
function idsIn(query: readonly [string, string][]): string[] {
  const given = query.filter(([, value]) => value.length > 0);
  const name = idNames.find((one) => given.some(([key]) => one.test(key)));
  return name === undefined ? [] : given.filter(([key]) => name.test(key)).map(([, value]) => value);
}

const hasId = (query: readonly [string, string][]): boolean => idsIn(query).length > 0;

/** `2026`, `20261129`, `29112026`, `291126`. */
function isDay(number: string): boolean {
  if (/^(?:19|20)\d\d$/.test(number)) return true;
  if (/^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/.test(number)) return true;
  return /^(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:(?:19|20)?\d\d)$/.test(number);
}

/** `/2026/11/29/cau-moi`, `tin-van-29-11-2026`, `tin-van-20261129`. */
function isDated(path: string): boolean {
  if (/\/(?:19|20)\d\d[/-](?:0?[1-9]|1[0-2])(?:[/-]\d{1,2})?\/[^/]+/.test(path)) return true;
  const numbers = (path.split('/').at(-1) ?? '').match(/\d+(?:-\d+)*/g) ?? [];
  return numbers.some((part) => (isDay(part) ? part.length > 4 : /^\d{1,4}-\d{1,2}-\d{1,4}$/.test(part)));
}

/** A name that no person gave: `3f2a9c81d0e4`. */
function isOpaque(part: string): boolean {
  const name = part.replace(/\.[a-z]{2,5}$/i, '');
  const tail = name.split(/[-_]/).at(-1) ?? '';
  if (/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/i.test(name)) return true;
  return tail.length >= 8 && /\d/.test(tail) && /[a-z]/i.test(tail) && (tail.match(/\d/g) ?? []).length >= 2;
}

function wordsOf(part: string): string[] {
  const name = part.replace(/\.[a-z]{2,5}$/i, '');
  const words = slugWords(name).filter((word) => !/^\d+$/.test(word));
  // Without spaces between words, length says how much a name tells.
  return words.length === 1 && /[^\p{ASCII}]/u.test(name) && name.length >= 10 ? [...name.slice(0, 12)] : words;
}
