/** What one robots.txt says (RFC 9309). */
import robotsParser from 'robots-parser';

// The package's types say that the function stands under `default`; it is the module itself.
const parse = robotsParser as unknown as typeof robotsParser.default;

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
}

/** `address` is where the file belongs, whatever redirects led to it. */
export function readRules(text: string, address: string): RobotsRules {
  const lines = text
    .slice(0, mostRead)
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '');
  // §2.2.4: other records never end a group, which the package lets them do.
  const rules = parse(
    address,
    lines
      .filter((line) => /^(?:user-agent|allow|disallow)\s*:/i.test(line))
      .map(asPlain)
      .join('\n'),
  );
  const whole = parse(address, lines.join('\n'));
  const sitemaps = whole
    .getSitemaps()
    .map((url) => URL.parse(url, address))
    .flatMap((url) => (url && /^https?:$/.test(url.protocol) ? url.href : []));
  const delay = (whole.getCrawlDelay(product) ?? 0) * 1000;
  return {
    allows: (url) => rules.isAllowed(asPlain(url), product) ?? true,
    sitemaps: [...new Set(sitemaps)].slice(0, mostSitemaps),
    delay: delay > 0 ? Math.min(delay, longestDelay) : 0,
  };
}

/** §2.2.2: an escaped letter, digit or `-._~` is the same as the sign itself. */
function asPlain(text: string): string {
  return text.replace(/%[\da-f]{2}/gi, (escaped) => {
    const sign = String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
    return /[\w.~-]/.test(sign) ? sign : escaped;
  });
}
