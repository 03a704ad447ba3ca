/** What the core and the stages are handed instead of reaching for it: time, the network, a log, secrets. */

/** Wall clock and timers, injected so that tests move time themselves. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds that only ever grow; for leases and time limits. */
  monotonic(): number;
  /** Resolves after `ms`, or rejects with the signal's reason. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Bytes of randomness, injected so that tests repeat. */
export type Random = (bytes: number) => Uint8Array;

/** Structured log: one plain sentence, and fields with the same key for the same thing everywhere. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

export type LogFields = Readonly<Record<string, unknown>>;

export interface HttpRequest {
  url: string;
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers?: Readonly<Record<string, string>>;
  body?: string | Uint8Array;
  /** Most decoded bytes that are read of the answer; beyond it the request fails with `too-large`. */
  maxBytes: number;
  /** One deadline over everything: name look-up, connection, redirects, last byte. Milliseconds. Default 30 s. */
  timeoutMs?: number;
  /** The status says it all: an answer whose body is too large, breaks off or never ends is given without one. */
  statusIsEnough?: boolean;
  /** The other side first does the work it is asked for: its answer may begin as late as `timeoutMs`. */
  patient?: boolean;
  /** How many redirects are followed. Default 3; 0 gives back the 3xx itself. */
  redirects?: number;
  /** Ports an operator's own setting names in this address are allowed beside 80 and 443. */
  operatorUrl?: boolean;
  signal?: AbortSignal;
}

export interface HttpResponse {
  status: number;
  /** Names in lower case; repeated headers joined with ", ". */
  headers: Readonly<Record<string, string>>;
  /** Decoded (br, gzip, deflate) bytes, never more than `maxBytes`. */
  body: Uint8Array;
  /** The address that answered, after redirects. */
  url: string;
  /** Where an unbroken chain of 301 and 308 from the start leads; null without one. */
  movedTo: string | null;
}

/** The one guarded way out. Any HTTP status is an answer; everything else throws an `HttpFailure`. */
export interface Http {
  request(request: HttpRequest): Promise<HttpResponse>;
}

/**
 * What a person should look at: one per cause, however often it happens. Neither call waits or throws, so that whoever
 * has trouble can say so whatever else is broken.
 */
export interface Alerts {
  /** Opens it or counts one more; told in the log at most once a minute. `next`: what to do about it. */
  raise(alert: { cause: string; message: string; next?: string }): void;
  /** It is over; nothing happens when none was open. */
  resolve(cause: string): void;
}

/** Looks up a secret by the name the settings give it. */
export interface Secrets {
  get(name: string): string | undefined;
}

/** What was really done, event by event: for the worker's lines for people, and for counting. */
export interface Journal {
  note(event: JournalEvent): void;
}

export type JournalEvent =
  /** `changed`: something it lists is to be read. */
  | { kind: 'poll'; sourceId: string; outcome: 'changed' | 'unchanged' | 'failed' }
  /** A request to `/ingest`, or a hub's delivery. */
  | { kind: 'push'; sourceId: string; via: 'ingest' | 'hub'; outcome: 'taken' | 'repeated' | 'refused' }
  | {
      kind: 'article';
      articleId: string;
      revision: number;
      headline: string;
      changes: string[];
      baseline: boolean;
      photos: number;
      seenAt: number;
      feeds: string[];
      channels: string[];
    }
  /** Its photos are done: builds of feeds from here on hold it. */
  | { kind: 'ready'; articleId: string; revision: number }
  | { kind: 'photo'; articleId: string; revision: number; position: number; failure: string | null }
  | { kind: 'feed'; feedId: string; articleIds: string[]; error: string | null }
  /** `isRepeat`: it stands as it stood before, and nothing was tried. */
  /** One try to bring a post to its channel; `result` as in the ledger's attempts. */
  | { kind: 'attempt'; channelId: string; op: 'create' | 'edit' | 'withdraw'; result: string }
  | { kind: 'delivery'; articleId: string; headline: string; channelId: string; text: string; isRepeat?: boolean }
  | {
      kind: 'withdrawn';
      articleId: string;
      headline: string;
      reason: string;
      feeds: string[];
      channels: string[];
      seenAt: number;
    };
