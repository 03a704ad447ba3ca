/** A feed source over a site that a test plays. */
import { afterEach, beforeEach } from 'vitest';
import type { Cursor } from '#src/core/signal.ts';
import { createHttp, type HttpClient } from '#src/net/http-client.ts';
import { feedSource } from '#src/sources/feed.ts';
import type { SourceTools } from '#src/sources/source.ts';
import * as fake from '#tests/fakes/feed-server.ts';
import { type ManualClock, manualClock } from '#tests/fakes/manual-clock.ts';
import { type FeedItem, rss, testSourceTools } from '#tests/fakes/source-tools.ts';

export interface FeedBench {
  server: fake.FeedServer;
  http: HttpClient;
  clock: ManualClock;
  tools: SourceTools;
  settings: ReturnType<typeof feedSource.settings.parse>;
}

/** A new one for each test of the file. */
export function useFeedBench(): FeedBench {
  const bench = {} as FeedBench;
  beforeEach(async () => {
    bench.server = await fake.startFeedServer();
    bench.clock = manualClock();
    bench.http = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'Loa/test', clock: bench.clock });
    bench.tools = testSourceTools(bench.http, bench.clock);
    bench.settings = feedSource.settings.parse({ url: `${bench.server.url}/rss` });
  });
  afterEach(async () => {
    await bench.http.close();
    await bench.server.close();
  });
  return bench;
}

export const pollBench = (bench: FeedBench, cursor: Cursor = null) =>
  feedSource.poll(cursor, bench.settings, bench.tools);

export const serveItems = ({ server }: FeedBench, items: FeedItem[], more = ''): void =>
  server.on('/rss', fake.versioned(rss(items, more)));

/** `a changed`, `b gone`. */
export const signs = (refs: { externalId: string; sign: string }[]) =>
  refs.map(({ externalId, sign }) => `${externalId} ${sign}`);
