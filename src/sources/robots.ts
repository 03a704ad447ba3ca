/** What sites let robots read: their robots.txt (RFC 9309), asked at most once an hour. */
import robotsParser from 'robots-parser';
import type { Clock, Http } from '#src/core/tools.ts';
import { decodeText } from '#src/markup/charset.ts';
import type { Robots } from '#src/sources/source.ts';

// The package's types say that the function stands under `default`; it is the module itself.
const parse = robotsParser as unknown as typeof robotsParser.default;

/** The name robots.txt files call us by. */
const product = 'Loa';
/** RFC 9309 §2.5 has a robot read at least this much. */
const largest = 500 * 1024;
const holds = 3_600_000;
/** A server that failed is asked again sooner. */
const failureHolds = 5 * 60_000;
const mostSites = 1000;

interface Rules {
  until: number;
  allows(url: string): boolean;
  sitemaps: string[];
}

export function createRobots({ http, clock }: { http: Http; clock: Clock }): Robots {
  const known = new Map<string, Promise<Rules>>();

  async function rulesFor(url: string): Promise<Rules> {
    const { origin } = new URL(url);
    const before = await known.get(origin);
    if (before && before.until > clock.now()) return before;
    if (known.size >= mostSites) known.clear();
    const asked = ask(origin);
    known.set(origin, asked);
    return asked;
  }

  async function ask(origin: string): Promise<Rules> {
    const url = `${origin}/robots.txt`;
    const answer = await http.request({ url, maxBytes: largest, redirects: 5, operatorUrl: true }).catch(() => null);
    const until = clock.now() + (answer ? holds : failureHolds);
    // RFC 9309 §2.3.1.3 and §2.3.1.4: none there allows all; a server that fails allows nothing.
    if (!answer || answer.status >= 500) {
      return { until: clock.now() + failureHolds, allows: () => false, sitemaps: [] };
    }
    if (answer.status !== 200) return { until, allows: () => true, sitemaps: [] };
    const rules = parse(url, decodeText(answer.body, answer.headers['content-type'] ?? null));
    return { until, allows: (address) => rules.isAllowed(address, product) ?? true, sitemaps: rules.getSitemaps() };
  }

  return {
    allows: async (url) => (await rulesFor(url)).allows(url),
    sitemaps: async (url) => (await rulesFor(url)).sitemaps,
  };
}
