/** What one robots.txt says (RFC 9309). */
import { type PathPattern, pathPattern, plainPath } from '#src/sources/robots/path-pattern.ts';

/** The name robots.txt files call us by. */
export const product = 'Loa';
/** §2.5 has a robot read at least this much. */
const mostRead = 500 * 1024;
const mostSitemaps = 200;
/** More is a way to say no; then it should say so. */
const longestDelay = 60_000;

export interface RobotsRules {
  allows(url: string): boolean;
  /** Absolute addresses, in the file's order. */
  sitemaps: string[];
  /** Milliseconds between two requests; 0 where it asks for none. */
  delay: number;
  /** How many rules are kept. */
  size: number;
}

interface Group {
  rules: (PathPattern & { isAllowed: boolean })[];
  /** Seconds. */
  delay: number;
}

/** `address` is where the file belongs, whatever redirects led to it. */
export function readRules(text: string, address: string): RobotsRules {
  // Groups of others are not kept: their names and rules multiply.
  const groups = new Map<string, Group>();
  const sitemaps: string[] = [];
  let names = new Set<string>();
  let isNaming = false;
  for (const { key, value } of recordsIn(text)) {
    // §2.2.4: it stands outside of all groups and ends none.
    if (key === 'sitemap') sitemaps.push(value);
    else if (key === 'user-agent') {
      if (!isNaming) names = new Set();
      isNaming = true;
      const name = value.toLowerCase().split('/')[0]!.trim();
      if (name === '*' || name === product.toLowerCase()) names.add(name);
    } else {
      isNaming = false;
      for (const name of names) addTo(groups, name, key, value);
    }
  }
  const { rules, delay } = groups.get(product.toLowerCase()) ?? groups.get('*') ?? { rules: [], delay: 0 };
  // §2.2.2: the longest rule counts, of two as long the one that allows.
  rules.sort((a, b) => b.length - a.length || Number(b.isAllowed) - Number(a.isAllowed));
  return {
    allows(url) {
      const path = plainPath(url);
      return rules.find(({ matches }) => matches(path))?.isAllowed ?? true;
    },
    sitemaps: absolute(sitemaps, address),
    delay: delay > 0 ? Math.min(delay * 1000, longestDelay) : 0,
    size: rules.length,
  };
}

const meant = new Set(['user-agent', 'allow', 'disallow', 'crawl-delay', 'sitemap']);

function recordsIn(text: string): { key: string; value: string }[] {
  const lines = text.slice(0, mostRead).split(/\r\n|\r|\n/);
  // The beginning of a rule is another rule.
  if (text.length > mostRead) lines.pop();
  return lines.flatMap((line) => {
    const [said = ''] = line.split('#', 1);
    const at = said.indexOf(':');
    const key = said.slice(0, Math.max(at, 0)).trim().toLowerCase();
    return meant.has(key) ? { key, value: said.slice(at + 1).trim() } : [];
  });
}

function addTo(groups: Map<string, Group>, name: string, key: string, value: string): void {
  const group = groups.get(name) ?? { rules: [], delay: 0 };
  groups.set(name, group);
  if (key === 'crawl-delay') group.delay = Number(value) || group.delay;
  // An empty one forbids nothing.
  else if (value !== '') group.rules.push({ ...pathPattern(value), isAllowed: key === 'allow' });
}

function absolute(sitemaps: readonly string[], address: string): string[] {
  const urls = sitemaps.map((url) => URL.parse(url, address));
  const web = urls.flatMap((url) => (url && /^https?:$/.test(url.protocol) ? url.href : []));
  return [...new Set(web)].slice(0, mostSitemaps);
}
