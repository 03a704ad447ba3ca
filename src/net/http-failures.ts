import { HttpFailure, type HttpFailureKind } from '#src/core/errors.ts';
import { BodyBroken, BodyTooLarge } from '#src/net/read-body.ts';

/** Why a request ended without an answer: thrown through the abort signal when its time is over. */
export class DeadlineOver extends Error {}

/** Whatever undici, a socket or TLS threw, as one plain sentence. Names the host only: paths may hold a secret. */
export function toHttpFailure(error: unknown, host: string, sent: boolean): HttpFailure {
  if (error instanceof HttpFailure) return error;
  const { kind, text } = explain(error, sent);
  return new HttpFailure(kind, `${host} ${text}`, { sent, cause: error });
}

function explain(error: unknown, sent: boolean): { kind: HttpFailureKind; text: string } {
  if (error instanceof DeadlineOver) return { kind: 'timeout', text: error.message };
  if (error instanceof BodyTooLarge)
    return { kind: 'too-large', text: `sent an answer that was not taken: ${error.message}` };
  if (error instanceof BodyBroken)
    return { kind: 'bad-answer', text: `sent an answer that cannot be read: ${error.message}` };
  if ((error as Error | null)?.name === 'AbortError')
    return { kind: 'aborted', text: 'was not waited for: Loa is stopping or the work was called off' };
  const code = codeOf(error);
  const known = byCode[code];
  if (known) return known;
  const message = error instanceof Error ? error.message : String(error);
  if (sent) return { kind: 'bad-answer', text: `sent an answer that is not HTTP: ${message}` };
  return {
    kind: 'connect',
    text: `could not be reached: ${message}${isTls(code) ? '; its certificate has to be mended there' : ''}`,
  };
}

const byCode: Record<string, { kind: HttpFailureKind; text: string }> = {
  ECONNREFUSED: { kind: 'refused', text: 'refused the connection; check the port and that the server runs' },
  ECONNRESET: { kind: 'reset', text: 'broke the connection off' },
  EPIPE: { kind: 'reset', text: 'broke the connection off' },
  UND_ERR_SOCKET: { kind: 'reset', text: 'broke the connection off' },
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: { kind: 'reset', text: 'broke the connection off in the middle of its answer' },
  ETIMEDOUT: { kind: 'timeout', text: 'did not take the connection in time' },
  UND_ERR_CONNECT_TIMEOUT: { kind: 'timeout', text: 'did not take the connection within 10 seconds' },
  UND_ERR_HEADERS_TIMEOUT: { kind: 'timeout', text: 'did not begin to answer within 15 seconds' },
  UND_ERR_HEADERS_OVERFLOW: { kind: 'bad-answer', text: 'sent more headers than can be real' },
  EHOSTUNREACH: { kind: 'connect', text: 'cannot be reached from here; check the network' },
  ENETUNREACH: { kind: 'connect', text: 'cannot be reached from here; check the network' },
};

/** The code that says most: happy eyeballs reports one error per address. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  if (typeof code === 'string' && code !== 'UND_ERR_INFO') return code;
  return cause ? codeOf(cause) : '';
}

function isTls(code: string): boolean {
  return /CERT|^ERR_TLS|UNABLE_TO_VERIFY|SELF_SIGNED/.test(code);
}
