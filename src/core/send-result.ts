/** What an answer, or none, says of the one visible request: shared by all channels, so that doubt is judged alike. */
import { HttpFailure, messageOf } from '#src/core/errors.ts';
import type { SendResult } from '#src/core/outcome.ts';
import { retryAfter } from '#src/core/retry-after.ts';
import type { HttpResponse } from '#src/core/tools.ts';

/**
 * Classifies an answer that is not the success the channel hoped for; a channel handles its service's own codes first.
 * `detail` is what the service said, without secrets. A 2xx here means it could not be read: ambiguous.
 */
export function resultOfAnswer(
  response: Pick<HttpResponse, 'status' | 'headers'>,
  now: number,
  detail = '',
): SendResult {
  const { status } = response;
  const reason = `the service answered ${status}${detail && `: ${detail}`}`;
  const retryAt = retryAfter(response.headers, now);
  const retry = retryAt === null ? {} : { retryAt };
  if (status >= 200 && status < 300) {
    return { kind: 'ambiguous', reason: `${reason}, but with something else than expected`, ...retry };
  }
  if (status === 429) return { kind: 'notSent', reason, ...retry };
  if (status === 401 || status === 403) return { kind: 'permanent', scope: 'channel', reason };
  // A repeat of a request that went through may answer 409; 408 and 5xx come after the request was read.
  if (status === 408 || status === 409 || status >= 500) return { kind: 'ambiguous', reason, ...retry };
  if (status >= 400) return { kind: 'permanent', scope: 'item', reason };
  return { kind: 'notSent', reason: `${reason}: redirects are not followed, correct the address`, ...retry };
}

/** Classifies what was thrown instead of an answer: only a failure that is sure of it counts as not sent. */
export function resultOfFailure(error: unknown): SendResult {
  if (error instanceof NotPrepared) return error.result;
  const reason = messageOf(error);
  if (!(error instanceof HttpFailure) || error.sent) return { kind: 'ambiguous', reason };
  if (error.kind === 'blocked') return { kind: 'permanent', scope: 'channel', reason };
  return { kind: 'notSent', reason };
}

/** Thrown by a channel's `prepare`, or before the request that readers can see: nothing can have been seen, so that what would be ambiguous is only not sent. */
export class NotPrepared extends Error {
  override readonly name = 'NotPrepared';
  readonly result: Exclude<SendResult, { kind: 'sent' }>;

  constructor(result: Exclude<SendResult, { kind: 'sent' }>) {
    super(result.reason);
    this.result = result.kind === 'ambiguous' ? { ...result, kind: 'notSent' } : result;
  }
}
