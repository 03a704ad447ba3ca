/** What an answer that is not the hoped-for success means: Facebook tells by codes, nearly all of them with status 400. */
import type { Answer, GraphError } from '#src/channels/facebook/call.ts';
import { regainsAccessAt } from '#src/channels/facebook/usage.ts';
import type { SendResult } from '#src/core/outcome.ts';
import { retryAfter } from '#src/core/retry-after.ts';
import { resultOfAnswer } from '#src/core/send-result.ts';

type Failure = Exclude<SendResult, { kind: 'sent' }>;

const hour = 3_600_000;

/** A refusal or failure of a request that readers could see, judged: what went well the caller takes out first. */
export function resultOf(answer: Answer, now: number): Failure {
  const { status, error } = answer;
  const detail = error ? codesOf(answer) : '';
  const result = status < 500 && error ? byCode(answer, detail, now) : null;
  if (result) return result;
  if (status === 429) return tooMany(answer, detail, now);
  const plain = resultOfAnswer(answer, now, detail);
  if (plain.kind === 'sent') throw new Error('an answer alone never says what was sent');
  return plain;
}

/**
 * Whether the photos (`ids`) were cleaned up while the post waited: nothing was shown, and they go up again. Photos that
 * a post holds already are another matter: an earlier try made it.
 */
export function lostPhotos(answer: Answer, ids: readonly string[], pageId: string): 'surely' | 'perhaps' | null {
  const { status, error } = answer;
  if (status >= 500 || error?.code !== 100 || byCode(answer, '', 0)) return null;
  const { message } = error;
  if (/attached_media|media_fbid/i.test(message) || ids.some((id) => message.includes(id))) return 'surely';
  return message.includes(pageId) ? null : 'perhaps';
}

function isUsed({ code, message }: GraphError): boolean {
  return code === 100 && /already (?:been )?(?:posted|used|attached|published)/i.test(message);
}

/** Of one post: it is not there, or was never ours to see. */
export function isUnknownPost({ status, error }: Answer): boolean {
  if (status === 404 && error) return true;
  return error?.code === 100 && (error.subcode === 33 || /does not exist/i.test(error.message));
}

function byCode(answer: Answer, detail: string, now: number): Failure | null {
  const error = answer.error!;
  const { code, subcode, isTransient } = error;
  const sub = subcode ?? 0;
  if (code === 102 || code === 190) {
    return ofChannel(
      `Facebook refuses the Page's token (${detail}): log in again as the Page's admin and make a new Page token`,
    );
  }
  if (limited.has(code ?? 0) || (code !== null && code >= 80_000 && code < 80_100) || sub === tooFast) {
    return tooMany(answer, detail, now);
  }
  if (blocked.has(sub) || code === 368) {
    return ofChannel(`Facebook blocks what the Page posts (${detail}): look at the Page's support inbox`);
  }
  if (permissions.has(sub) || code === 3 || code === 10 || (code !== null && code >= 200 && code < 300)) {
    return ofChannel(
      `the token may not post to the Page (${detail}): it needs pages_manage_posts, and its owner the task to create content`,
    );
  }
  if (code === 506 || sub === sameAgain || isUsed(error)) {
    return { kind: 'ambiguous', reason: `Facebook says that the same post stands there already (${detail})` };
  }
  if (isTransient || code === 1 || code === 2) return { kind: 'ambiguous', reason: `Facebook failed (${detail})` };
  if (content.has(sub)) return { kind: 'permanent', scope: 'item', reason: `Facebook does not take it (${detail})` };
  return null;
}

const limited = new Set([4, 17, 32, 613]);
const tooFast = 1390008;
const sameAgain = 1366051;
/** Abusive, against the standards, account limited. */
const blocked = new Set([1346003, 1404102, 1404112]);
/** The Page's publishing authorisation, the admin's identity. */
const permissions = new Set([1404078, 4854002]);
/** Of photo, file, address, or a link to Facebook itself. */
const content = new Set([1366046, 2069019, 2061006, 1609008]);

function tooMany(answer: Answer, detail: string, now: number): Failure {
  const retryAt = regainsAccessAt(answer.headers, now) ?? retryAfter(answer.headers, now) ?? now + hour;
  return { kind: 'notSent', reason: `Facebook wants fewer requests (${detail || answer.status})`, retryAt };
}

function codesOf({ status, error }: Answer): string {
  const codes = [error!.code ?? status, ...(error!.subcode ? [error!.subcode] : [])].join('/');
  return error!.message ? `${codes}: ${error!.message}` : codes;
}

function ofChannel(reason: string): Failure {
  return { kind: 'permanent', scope: 'channel', reason };
}
