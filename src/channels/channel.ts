/** Where posts go: one file per service, listed in `registry.ts`. */
import type { Socket } from 'node:net';
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
  /** Its language, BCP 47. */
  siteLanguage: string;
  /** Where readers reach this Loa; without a slash at the end. */
  publicUrl: string;
  /**
   * What the channel's `refresh` made: a session, a renewed token. Kept encrypted, made when there is none. `refused`:
   * the one that the service just refused; a newer one is given, made once over all processes.
   */
  token<T>(refused?: T): Promise<T>;
  /** A connection by the same guard as every request; it is the caller's to end. Throws an `HttpFailure` with `sent: false`. */
  connect(to: ConnectTo): Promise<Socket>;
  /** Of those who get posts of their own, who wants none any more. */
  optOuts: OptOuts;
  /** A text's mark under this installation's own key: nobody else can make it. base64url. */
  sign(text: string): string;
  /** One total deadline and shutdown in one. */
  signal: AbortSignal;
}

/** A guarded connection for what is not HTTP; it is the caller's to end. Throws an `HttpFailure` with `sent: false`. */
export type Connect = (to: ConnectTo, signal: AbortSignal) => Promise<Socket>;

export interface ConnectTo {
  host: string;
  port: number;
  /** Encrypted from the first byte, with a certificate for `host`. */
  tls: boolean;
}

export interface OptOuts {
  has(part: string): Promise<boolean>;
  /** Safe to repeat. */
  add(part: string): Promise<void>;
}

/** One of the account's own posts, whoever wrote it. */
export interface OwnPost extends Remote {
  /** Milliseconds. */
  at: number;
  text: string;
  /** Every address that readers can follow in it: in the text, hidden behind words, on the card. */
  links: string[];
  /** The `Sending.key` it was sent with, where the service shows it. */
  key?: string;
}

export interface OwnPosts {
  posts: OwnPost[];
  /** What is not among them is not there: false where the service leaves posts out of its list. */
  complete: boolean;
}

/** So many units in so long a time, for all channels with the same `account`. */
export interface RateLimit {
  /** Names the account at its service, without secrets; the same for all channels that share the limit. */
  account: string;
  units: number;
  /** Milliseconds in which `units` come back. */
  per: number;
  /** Units that one create costs. 1 when left out. */
  cost?(post: Post): number;
}

/** A page of a channel's own for readers, at `/channels/CHANNEL-ID/…`. */
export interface ChannelRoute<S = any> {
  method: 'GET' | 'POST';
  /** Below the channel's own address, with a leading slash; `:name` parts. */
  path: string;
  run(request: ChannelRequest, settings: S, tools: ChannelTools): Promise<ChannelAnswer>;
}

/** The same of a configured channel, with all that it needs. */
export interface ChannelPage extends Pick<ChannelRoute, 'method' | 'path'> {
  channelId: string;
  run(request: ChannelRequest): Promise<ChannelAnswer>;
}

export interface ChannelRequest {
  parameters: Readonly<Record<string, string>>;
  /** Form fields. */
  body: Readonly<Record<string, string>>;
}

export interface ChannelAnswer {
  status: number;
  /** A whole page, everything in it escaped. */
  html: string;
}

/** What one delivery hands to the channel. `key` is constant over all its tries. */
export interface Sending<P = unknown> {
  key: string;
  post: Post;
  prepared: P | null;
  /** The create's post, for an edit, a withdrawal or a reply. */
  remote: Remote | null;
  /** Who this post is for, on a channel with `parts`; else empty. */
  part: string;
  /** For an edit or a reply: what `prepare` made for the create. */
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
  /** For the docs: what an operator does at the service before, and must know of it, step by step; Markdown. */
  setUp?: readonly string[];
  guarantee(settings: S): Guarantee;
  limits(settings: S, facts: Readonly<Record<string, unknown>>): PostLimits;
  /** Delay before try number `attempts + 1`, or null when no further one is worth it; without it the common schedule. */
  retryDelay?(attempts: number): number | null;
  /** `limits` needs what the server says: it is asked at every start and daily; `check` shows nobody anything. */
  limitsFromServer?: true;
  /** `check` says when the credentials end: it is called at every start and daily, so that a person hears of it before. */
  credentialsEnd?: true;
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
  /** What `prepare` makes goes into one post alone, as uploads on some services: a person who sends again what may have gone through has it made anew. */
  preparesForOne?: true;
  /** Exactly one request that readers can see. Never throws for an answer; what it throws counts as ambiguous, unless it is an `HttpFailure` with `sent: false`. */
  publish(sending: Sending<P>, settings: S, tools: ChannelTools): Promise<SendResult>;
  edit?(sending: Sending<P>, settings: S, tools: ChannelTools): Promise<SendResult>;
  withdraw?(sending: Sending<P>, settings: S, tools: ChannelTools): Promise<SendResult>;
  /** A further post below the create's, for corrections and withdrawals that are told so; `sending.key` is its own. As `publish`. */
  reply?(sending: Sending<P>, settings: S, tools: ChannelTools): Promise<SendResult>;
  /** An edit tells people who shared the post: slips alone are left as they stand. */
  editNotifies?: true;
  /** Why nobody can take a post back, in plain words, where it is so. */
  irrevocable?: string;
  /** The account's own posts since `since` (milliseconds), newest first. Throws where the service does not show them. */
  find?(since: number, settings: S, tools: ChannelTools): Promise<OwnPosts>;
  /** The post's id in an address as people copy it from a browser; null when it is no post of this service. */
  idOf?(url: string, settings: S): string | null;
  /** What such an address looks like: shown to who copied another one. */
  postAddress?: string;
  /** Who gets a post of their own: each is a delivery by itself. */
  parts?(settings: S): readonly string[];
  /** What the service allows; kept in the ledger, over all processes. */
  rates?(settings: S, facts: Readonly<Record<string, unknown>>): readonly RateLimit[];
  /** A fresh token from the stored one, or from the settings when that is null or no longer serves. JSON; kept encrypted before it is used. */
  refresh?(stored: unknown, settings: S, tools: ChannelTools): Promise<{ token: unknown; expiresAt?: string }>;
  /** What `loa channel test` does after `check`, in a sentence; without it a test post is shown and taken back. */
  test?(settings: S, tools: ChannelTools): Promise<string>;
  routes?: readonly ChannelRoute<S>[];
}
