/** A content management system on loopback and the source that watches it, for one test file. */
import { afterEach, beforeEach } from 'vitest';
import type { RawArticle } from '#src/core/raw-article.ts';
import type { ArticleRef, Cursor } from '#src/core/signal.ts';
import { createHttp } from '#src/net/http-client.ts';
import type { Served } from '#src/net/serve.ts';
import type { PollResult, Source, SourceTools } from '#src/sources/source.ts';
import { type ManualClock, manualClock } from '#tests/fakes/manual-clock.ts';
import { testSourceTools } from '#tests/fakes/source-tools.ts';

export const minute = 60_000;

export interface CmsBench<Site, Settings> {
  site: Site;
  clock: ManualClock;
  tools: SourceTools;
  settings: Settings;
  /** One poll, and two minutes pass. */
  poll(cursor?: Cursor): Promise<PollResult>;
  /** Three of them: by then what is no longer published has been asked for. */
  pollThrice(cursor: Cursor): Promise<{ refs: ArticleRef[]; warnings: string[]; cursor: Cursor }>;
  read(ref: ArticleRef | undefined): Promise<RawArticle | null>;
  /** What a first poll finds first, read. */
  readFirst(): Promise<RawArticle | null>;
}

export function cmsBench<Site extends Served, Settings>(
  source: Source<Settings>,
  start: (now: () => number) => Promise<Site>,
  settingsOf: (site: Site) => unknown,
): CmsBench<Site, Settings> {
  const bench = {
    async poll(cursor: Cursor = null) {
      const result = await source.poll(stored(cursor), bench.settings, bench.tools);
      bench.clock.advance(2 * minute);
      return result;
    },
    async pollThrice(cursor: Cursor) {
      const found = { refs: [] as ArticleRef[], warnings: [] as string[], cursor };
      for (let turn = 0; turn < 3; turn++) {
        const { refs, warnings, cursor: next } = await bench.poll(found.cursor);
        found.refs.push(...refs);
        found.warnings.push(...warnings);
        found.cursor = next;
      }
      return found;
    },
    read: (ref: ArticleRef | undefined) => source.read(stored(ref!), bench.settings, bench.tools),
    readFirst: async () => bench.read((await bench.poll()).refs[0]),
  } as CmsBench<Site, Settings>;
  let close = async () => {};

  beforeEach(async () => {
    const clock = manualClock();
    const site = await start(() => clock.now());
    const http = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'Loa/test', clock });
    const settings = source.settings.parse(settingsOf(site));
    Object.assign(bench, { site, clock, settings, tools: testSourceTools(http, clock) });
    close = async () => {
      await http.close();
      await site.close();
    };
  });
  afterEach(() => close());
  return bench;
}

export const signs = (refs: readonly Pick<ArticleRef, 'externalId' | 'sign'>[]) =>
  refs.map(({ externalId, sign }) => `${externalId} ${sign}`);

const stored = <T>(value: T): T => JSON.parse(JSON.stringify(value));
