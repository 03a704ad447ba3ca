/** Where posts go: one file per service, listed in `registry.ts`. */
import type { z } from 'zod';
import type { Guarantee, Remote } from '#src/core/delivery.ts';
import type { SendResult } from '#src/core/outcome.ts';
import type { Post, PostLimits } from '#src/core/post.ts';
import type { Clock, Http, Log } from '#src/core/tools.ts';

/** Loa's own page of posts, for the kind `board`; every call is safe to repeat. */
export interface Board {
  /** Writes or replaces the post under `key`; gives its id and address. */
  put(channelId: string, key: string, post: Post): Promise<Remote>;
  take(channelId: string, remoteId: string): Promise<void>;
}

export interface ChannelTools {
  http: Http;
  log: Log;
  clock: Clock;
  board: Board;
  /** The bytes of a post's photo by its name in the file store (`PostPhoto.file`); null when it is gone. */
  photo(file: string): Promise<Uint8Array | null>;
  channelId: string;
  /** The site's own address, for identification. */
  siteUrl: string;
  /** One total deadline and shutdown in one. */
  signal: AbortSignal;
}

/** What one delivery hands to the channel. `key` is constant over all its tries. */
export interface Sending<P = unknown> {
  key: string;
  post: Post;
  prepared: P | null;
  /** The create's post, for an edit or a withdrawal. */
  remote: Remote | null;
  /** For an edit: what `prepare` made for the create. */
  earlier?: P;
  /** When the event happened, ISO 8601; the same over all tries. */
  at: string;
  /** When its first try that failed without being seen began, ISO 8601; without it none has. */
  failingSince?: string;
}

export interface CheckResult {
  account: string;
  expiresAt?: string;
  /** What the server says of its limits; stored, and handed to `limits`. */
  facts: Readonly<Record<string, unknown>>;
}

export interface Channel<S = unknown, P = unknown> {
  kind: string;
  settings: z.ZodType<S>;
  summary: string;
  guarantee(settings: S): Guarantee;
  limits(settings: S, facts: Readonly<Record<string, unknown>>): PostLimits;
  /** Delay before try number `attempts + 1`, or null when no further one is worth it; without it the common schedule. */
  retryDelay?(attempts: number): number | null;
  /** `limits` needs what the server says: it is asked at every start and daily; `check` shows nobody anything. */
  limitsFromServer?: true;
  /** How long the service remembers a key, milliseconds: later a repeat is not safe, and a post in doubt is parked. Without it: for ever. */
  keepsKeys?: number;
  /** Default age limit in milliseconds where it differs from the common one. */
  maxAge?: number;
  /** Read by machines, not by people: no gap between posts and no hourly limit unless the settings name one. */
  unpaced?: boolean;
  /** Throws `UserError` or `HttpFailure` with what is wrong. */
  check(settings: S, tools: ChannelTools): Promise<CheckResult>;
  /** What readers cannot see and may be repeated; JSON, saved in the delivery's row. Throws `NotPrepared` to say why not; anything else thrown is tried again. */
  prepare?(sending: Sending<P>, settings: S, tools: ChannelTools): Promise<P>;
  /** Exactly one request that readers can see. Never throws for an answer; what it throws counts as ambiguous, unless it is an `HttpFailure` with `sent: false`. */
  publish(sending: Sending<P>, settings: S, tools: ChannelTools): Promise<SendResult>;
  edit?(sending: Sending<P>, settings: S, tools: ChannelTools): Promise<SendResult>;
  withdraw?(sending: Sending<P>, settings: S, tools: ChannelTools): Promise<SendResult>;
}
