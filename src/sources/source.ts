/** Where articles come from: one file per kind, listed in `registry.ts`. */
import type { z } from 'zod';
import type { RawArticle } from '#src/core/raw-article.ts';
import type { SiteSettings } from '#src/core/settings.ts';
import type { ArticleRef, Cursor } from '#src/core/signal.ts';
import type { Clock, Http, Log } from '#src/core/tools.ts';

export interface SourceTools {
  http: Http;
  log: Log;
  clock: Clock;
  site: SiteSettings;
  robots: Robots;
  /** Ends long work at shutdown. */
  signal: AbortSignal;
}

/** What sites let robots read (RFC 9309), asked once a while and remembered. */
export interface Robots {
  /** True where the site says nothing, or has no robots.txt; false too while its server fails. */
  allows(url: string): Promise<boolean>;
  verdict(url: string): Promise<RobotsVerdict>;
  /** The sitemaps that the site of this address names there. */
  sitemaps(url: string): Promise<string[]>;
  /** The least pause between two requests that it asks for (Crawl-delay), milliseconds; 0 where it asks for none. */
  delay(url: string): Promise<number>;
  /**
   * Milliseconds until the next request to this site, at the pace it asks for; a short wait is the caller's turn from
   * then on, for a longer one it comes back.
   */
  turn(url: string): Promise<{ wait: number; isMine: boolean }>;
}

/** `unreachable`: the site's server fails, so that nobody can tell; it may be asked again. */
export type RobotsVerdict = 'allowed' | 'forbidden' | 'unreachable';

export interface PollResult {
  refs: ArticleRef[];
  cursor: Cursor;
  /** Nothing changed since the last poll (304, same bytes): `refs` is empty. */
  unchanged: boolean;
  /** Earliest next poll that the other side asks for (Retry-After, ttl); milliseconds. */
  notBefore: number | null;
  /** The operator has named another address since the last poll: what stands there is no news. */
  anew?: boolean;
  /** What `poll: auto` should wait before the next poll, milliseconds; the kind's own pace when left out. */
  interval?: number;
  /** Who tells of changes at once, where the source names one (WebSub); left out: as it said last. */
  hub?: { hubs: string[]; topic: string } | null;
  /** Plain sentences worth a person's look: moved for good, salvaged, empty … */
  warnings: string[];
}

/** A request to `/ingest/ID`, as it came. */
export interface PushRequest {
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
  now: number;
}

export type Received =
  /** Signed rightly. `messageId`: a repeated one is answered and changes nothing. `poll`: look at the source now. */
  | { kind: 'accepted'; messageId: string; refs: ArticleRef[]; poll: boolean }
  /** Of a 401 `reason` is for the log alone; of a 400 the sender is told, with what to do (`next`). */
  | { kind: 'refused'; status: 400 | 401; reason: string; next?: string | null };

/** A site's front page, where a newcomer's settings begin. */
export interface SiteLook {
  /** After redirects. */
  url: string;
  html: string;
}

/** One way to watch a site. */
export interface Discovery {
  /** As they are written in the settings file, without `id` and `kind`. */
  settings: Record<string, unknown>;
  /** One plain sentence: `an RSS feed “Tin mới” with 50 articles, whole texts`. */
  found: string;
  /** What was guessed, by the key in `settings`: one plain sentence each. */
  guesses: Record<string, string>;
  /** What a person must give before it works; null: it works as it is. */
  needs: string | null;
}

export interface Source<S = unknown> {
  kind: string;
  settings: z.ZodType<S>;
  /** One sentence for the generated docs. */
  summary: string;
  /** Where it looks, for start-up lines and messages. */
  describe(settings: S): string;
  /** What `poll: auto` means for this kind, milliseconds; two minutes when left out. `never`: others tell of changes. */
  pollEvery?: number | 'never';
  /** Throws `HttpFailure` or `UserError`; then the cursor stays as it was. */
  poll(cursor: Cursor, settings: S, tools: SourceTools): Promise<PollResult>;
  /** Null: nothing is to be done: what was thought gone still stands where it did, or it is no article at all. */
  read(ref: ArticleRef, settings: S, tools: SourceTools): Promise<RawArticle | null>;
  /**
   * After the article, or its withdrawal, is safely in the ledger, or was refused with `failure`: a folder files it away.
   */
  settle?(ref: ArticleRef, failure: string | null, settings: S, tools: SourceTools): Promise<void>;
  /** What a signed request to `/ingest/ID` tells. Pure. */
  receive?(request: PushRequest, settings: S): Received;
  /**
   * A hub's copy of the source's document: what is new in it, and the next cursor; what it leaves out means nothing.
   * Pure; throws where it cannot be read.
   */
  absorb?(
    document: { body: Uint8Array; contentType: string | null },
    cursor: Cursor,
    settings: S,
    now: number,
  ): PollResult;
  /** The ways in which this kind could watch a site, the best first. Failures mean none. */
  discover?(site: SiteLook, tools: SourceTools): Promise<Discovery[]>;
}
