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
  /** Ends long work at shutdown. */
  signal: AbortSignal;
}

export interface PollResult {
  refs: ArticleRef[];
  cursor: Cursor;
  /** Nothing changed since the last poll (304, same bytes): `refs` is empty. */
  unchanged: boolean;
  /** Earliest next poll that the other side asks for (Retry-After, ttl); milliseconds. */
  notBefore: number | null;
  /** Plain sentences worth a person's look: moved for good, salvaged, empty … */
  warnings: string[];
}

export interface Source<S = unknown> {
  kind: string;
  settings: z.ZodType<S>;
  /** One sentence for the generated docs. */
  summary: string;
  /** Where it looks, for start-up lines and messages. */
  describe(settings: S): string;
  /** What `poll: auto` means for this kind, milliseconds; two minutes when left out. */
  pollEvery?: number;
  /** Throws `HttpFailure` or `UserError`; then the cursor stays as it was. */
  poll(cursor: Cursor, settings: S, tools: SourceTools): Promise<PollResult>;
  /** Null: the reference's sign is `gone`, but the article still stands where it did; nothing is to be done. */
  read(ref: ArticleRef, settings: S, tools: SourceTools): Promise<RawArticle | null>;
  /**
   * After the article, or its withdrawal, is safely in the ledger, or was refused with `failure`: a folder files it away.
   */
  settle?(ref: ArticleRef, failure: string | null, settings: S, tools: SourceTools): Promise<void>;
}
