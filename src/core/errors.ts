/** Errors that say what failed, why, and what to do next. */

export type HttpFailureKind =
  | 'blocked' // the address guard refused it
  | 'dns'
  | 'refused'
  | 'connect' // any other failure before the connection stood, TLS included
  | 'timeout'
  | 'reset'
  | 'too-large'
  | 'bad-answer' // an answer that is not HTTP, or does not decode
  | 'redirect' // too many, or one that is not allowed
  | 'aborted';

/** A request without an answer. `sent` says whether its first byte may have left: then its outcome is unknown. */
export class HttpFailure extends Error {
  override readonly name = 'HttpFailure';
  readonly kind: HttpFailureKind;
  readonly sent: boolean;

  constructor(kind: HttpFailureKind, message: string, options: { sent: boolean; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.kind = kind;
    this.sent = options.sent;
  }
}

/** Something a person must mend: printed as it stands, without a stack. */
export class UserError extends Error {
  override readonly name = 'UserError';
  /** What to do about it, one sentence; null where the message says it. */
  readonly next: string | null;
  /** Of a source: not worth asking again before; milliseconds, null where nothing speaks for a time. */
  readonly retryAt: number | null;
  /** Of a source: for how long it may stand before a person is told, because it often passes. Milliseconds. */
  readonly quietFor: number;

  constructor(
    message: string,
    options: { next?: string; cause?: unknown; retryAt?: number | null; quietFor?: number } = {},
  ) {
    super(message, { cause: options.cause });
    this.next = options.next ?? null;
    this.retryAt = options.retryAt ?? null;
    this.quietFor = options.quietFor ?? 0;
  }
}

/** A source that answers but will not serve now; nothing a person must mend at once. */
export class PollRefused extends Error {
  override readonly name = 'PollRefused';
  /** Not to be asked again before; milliseconds, null where it does not say. */
  readonly retryAt: number | null;

  constructor(message: string, retryAt: number | null) {
    super(message);
    this.retryAt = retryAt;
  }
}

/** Its turn has not come: the site asks for pauses or for rest, or still answers earlier requests. Nothing failed. */
export class NotYet extends Error {
  override readonly name = 'NotYet';
  /** Milliseconds. */
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** The database's server is in trouble as a whole; an alert says so once, whoever meets it. */
export class DatabaseTrouble extends Error {
  override readonly name = 'DatabaseTrouble';
  /** SQLSTATE, or the system's code. */
  readonly code: string;

  constructor(message: string, options: { code: string; cause: unknown }) {
    super(message, { cause: options.cause });
    this.code = options.code;
  }
}

/** The plain message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
