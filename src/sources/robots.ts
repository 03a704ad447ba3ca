/** What sites let robots read: their robots.txt (RFC 9309), asked at most once an hour. */
import { HttpFailure } from '#src/core/errors.ts';
import type { Clock, Http } from '#src/core/tools.ts';
import { decodeText } from '#src/markup/charset.ts';
import { isHtml } from '#src/markup/feed-links.ts';
import { type RobotsRules, readRules } from '#src/sources/robots/rules.ts';
import { createTurns } from '#src/sources/robots/turns.ts';
import type { Robots, RobotsVerdict } from '#src/sources/source.ts';

/** More than a robot must read, so that a long file is not taken for a broken one. */
const largest = 5 * 1024 * 1024;
const holds = 3_600_000;
/** A server that failed is asked again sooner. */
const failureHolds = 5 * 60_000;
const mostSites = 1000;
/** Of all sites: a feed may lead to hundreds of hosts of one owner. */
const mostRules = 200_000;

interface Known extends RobotsRules {
  until: number;
  /** Its server fails and never answered before. */
  unreachable: boolean;
}

export interface RobotsOptions {
  http: Http;
  clock: Clock;
  /** Longest wait for a turn that callers spend where they are, milliseconds; default 3 s. */
  patience?: number;
}

export function createRobots({ http, clock, patience = 3000 }: RobotsOptions): Robots {
  const turns = createTurns(clock, patience);
  const known = new Map<string, Promise<Known>>();
  let rulesKept = 0;

  async function rulesFor(url: string): Promise<Known> {
    const { origin } = new URL(url);
    const last = known.get(origin);
    const before = await last?.catch(() => undefined);
    if (before && before.until > clock.now()) return before;
    // Others that waited as well have asked meanwhile.
    const current = known.get(origin);
    if (current && current !== last) return current;
    if (known.size >= mostSites || rulesKept > mostRules) {
      known.clear();
      rulesKept = 0;
    }
    const asked = ask(origin, before);
    known.set(origin, asked);
    // Being stopped says nothing of the site.
    asked.then(
      ({ size }) => {
        rulesKept += size;
      },
      () => known.delete(origin),
    );
    return asked;
  }

  async function ask(origin: string, before: Known | undefined): Promise<Known> {
    const url = `${origin}/robots.txt`;
    const answer = await http.request({ url, maxBytes: largest, redirects: 5, operatorUrl: true }).catch((error) => {
      if (error instanceof HttpFailure && error.kind === 'aborted') throw error;
      if (!(error instanceof HttpFailure)) return 'fails';
      if (error.kind === 'redirect') return 'none';
      // Where Loa cannot or may not go at all, the page's own failure says so better.
      return error.kind === 'blocked' || error.kind === 'dns' ? 'nowhere' : 'fails';
    });
    const status = typeof answer === 'string' ? null : answer.status;
    // §2.3.1.4: a server that fails allows nothing, unless it answered before; one that is asked too often fails too.
    if (answer === 'fails' || status === 429 || (status !== null && status >= 500)) {
      const until = clock.now() + failureHolds;
      if (before && !before.unreachable) return { ...before, until };
      return { until, unreachable: true, allows: () => false, sitemaps: [], delay: 0, size: 0 };
    }
    const until = clock.now() + (answer === 'nowhere' ? 0 : holds);
    // §2.3.1.3: none there, or one that redirects without end, allows all.
    const text =
      typeof answer === 'string' || status !== 200
        ? ''
        : decodeText(answer.body, answer.headers['content-type'] ?? null);
    return { until, unreachable: false, ...readRules(isHtml(text) ? '' : text, url) };
  }

  async function verdict(url: string): Promise<RobotsVerdict> {
    const rules = await rulesFor(url);
    return rules.allows(url) ? 'allowed' : rules.unreachable ? 'unreachable' : 'forbidden';
  }

  return {
    verdict,
    allows: async (url) => (await verdict(url)) === 'allowed',
    sitemaps: async (url) => (await rulesFor(url)).sitemaps,
    delay: async (url) => (await rulesFor(url)).delay,
    turn: async (url) => turns.take(new URL(url).origin, (await rulesFor(url)).delay),
  };
}
