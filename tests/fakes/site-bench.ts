/** A small news site, and what a source of it is handed. */
import { afterEach, beforeEach } from 'vitest';
import type { ArticleRef } from '#src/core/signal.ts';
import { createHttp, type HttpClient } from '#src/net/http-client.ts';
import { createRobots } from '#src/sources/robots.ts';
import type { SourceTools } from '#src/sources/source.ts';
import { type ManualClock, manualClock } from '#tests/fakes/manual-clock.ts';
import { siteStories } from '#tests/fakes/site-pages.ts';
import { type FakeSite, type SiteOptions, startSite } from '#tests/fakes/site-server.ts';
import { testSourceTools } from '#tests/fakes/source-tools.ts';

export interface SiteBench {
  clock: ManualClock;
  tools: SourceTools;
  /** Of the last `open`. */
  site: FakeSite;
  /** Closes the site before it, if any. */
  open(options?: SiteOptions, count?: number): Promise<void>;
}

/** One for the tests of a file, new for each of them. */
export function siteBench(defaults: SiteOptions = {}): SiteBench {
  let http: HttpClient;
  let site: FakeSite | undefined;
  const bench = {
    get site() {
      return site!;
    },
    async open(options: SiteOptions = {}, count = 4) {
      await site?.close();
      const stories = siteStories(options.language ?? 'vi', count, bench.clock.now());
      site = await startSite({ stories, ...defaults, ...options });
    },
  } as SiteBench;
  beforeEach(() => {
    bench.clock = manualClock();
    ({ http, tools: bench.tools } = siteTools(bench.clock));
  });
  afterEach(async () => {
    await http.close();
    await site?.close();
    site = undefined;
  });
  return bench;
}

/** Real HTTP and a real robots.txt. */
export function siteTools(clock: ManualClock): { http: HttpClient; tools: SourceTools } {
  const http = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'x', clock });
  return { http, tools: { ...testSourceTools(http, clock), robots: createRobots({ http, clock }) } };
}

export const paths = (refs: readonly ArticleRef[]): string[] => refs.map(({ url }) => new URL(url!).pathname);
