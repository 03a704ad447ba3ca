/** A post of which nobody knows whether it stands: what the channel's class and what was tried allow. */
import { ageVerdict } from '#src/core/age.ts';
import type { Attempt } from '#src/core/delivery.ts';
import { formatDuration } from '#src/core/time.ts';
import type { DeliveryDeps } from '#src/delivery/deps.ts';
import { lookEvery, lookHolds, looksEnd, mostLooks } from '#src/delivery/times.ts';
import { unknownTries, type Work } from '#src/delivery/work.ts';

export interface DoubtEnd {
  kind: 'end';
  state: 'parked' | 'cancelled';
  reason: string;
}

/** `look`: for our own post. `last`: enough were made to send it again, but some time ago. */
export type Doubt = { kind: 'look'; last: boolean } | DoubtEnd;

/** Null: nothing is in doubt, or a request may go all the same. */
export function doubtOf(work: Work, deps: DeliveryDeps): Doubt | null {
  const { unknown, looks, found } = historyOf(work);
  if (unknown.length === 0 || keyHolds(work, unknown, deps)) return null;
  const now = deps.clock.now();
  if (!work.channel.find) return inBlindDoubt(work, unknown, now);
  const looked = found(looks);
  if (looked < mostLooks) {
    const isOver = looks.length > 0 && now >= looksUntil(work, now);
    return isOver ? unsettled(work) : { kind: 'look', last: false };
  }
  if (!mayResend(work)) return unsettled(work);
  if (work.article.state === 'withdrawn') return notFoundAndWithdrawn(work);
  const fresh = now - (looks.at(-1)?.endedAt ?? 0) < lookHolds;
  return fresh ? null : { kind: 'look', last: true };
}

/** The tries that no person has judged: those of unknown outcome, and the looks since the last one of them. */
export function historyOf({ delivery, attempts }: Work) {
  const open = attempts.filter(({ number }) => number > (delivery.judged ?? 0));
  const unknown = unknownTries(open);
  const last = unknown.at(-1)?.number ?? Number.POSITIVE_INFINITY;
  const isLook = ({ result }: Attempt) => result === 'looked' || result === 'not looked';
  const looks = open.filter((attempt) => isLook(attempt) && attempt.number > last);
  const found = (of: readonly Attempt[]) => of.filter(({ result }) => result === 'looked').length;
  return { unknown, looks, allLooks: open.filter(isLook), found };
}

/** A repeat shows readers nothing twice: the service knows the key, or the same edit or withdrawal is made again. */
export function mayRepeat(work: Work, deps: DeliveryDeps): boolean {
  return !showsAPost(work) || keyHolds(work, historyOf(work).unknown, deps);
}

/** Readers see one more post, not a change of one that stands. */
export function showsAPost({ delivery }: Pick<Work, 'delivery'>): boolean {
  return delivery.op === 'create' || delivery.asReply;
}

/** After the looks found nothing: one more time, and never again by itself. */
export function mayResend(work: Work): boolean {
  const { unknown } = historyOf(work);
  return work.delivery.op === 'create' && unknown.length === 1 && !work.delivery.judged;
}

/** From here on no further look is worth waiting for; counted anew where nobody could look for long. */
export function looksUntil(work: Work, now: number): number {
  const { unknown, allLooks } = historyOf(work);
  const [firstLook] = allLooks;
  if (firstLook) return firstLook.startedAt - lookEvery + looksEnd;
  // Where the key held for a while, doubt begins now.
  const isKeyed = work.channel.guarantee(work.settings.settings) === 'A';
  return (isKeyed ? now : (unknown[0]?.endedAt ?? now)) + looksEnd;
}

/** Left to a person, in the words that fit what was tried. */
export function unsettled(work: Work, failed?: string): DoubtEnd {
  const { unknown, looks, found } = historyOf(work);
  const { kind } = work.channel;
  const why = unknown.at(-1)?.detail ?? 'its outcome is not known';
  const trouble = failed ?? looks.findLast(({ result }) => result === 'not looked')?.detail;
  const looked =
    found(looks) > 0 || !trouble
      ? `It was looked for on ${kind} and not found, but it may stand there`
      : `It could not be looked for on ${kind} (${trouble})`;
  return park(`${why}. ${looked}: ${advice}`);
}

export function notFoundAndWithdrawn({ channel }: Work): DoubtEnd {
  return {
    kind: 'end',
    state: 'cancelled',
    reason: `the article was withdrawn, and its post was not found on ${channel.kind}`,
  };
}

const advice = 'look at the account; if it is there, adopt it with its address, else retry or cancel it';

/** Of a post that cannot be looked for. What goes to single readers stands nowhere: the server that sent it knows of it. */
export function blindDoubt({ channel }: Work, why: string): string {
  if (!channel.parts) return `${why}. Nobody knows whether the post stands on ${channel.kind}: ${advice}`;
  const adopt = channel.postAddress
    ? `adopt it as ${channel.postAddress}, else retry or cancel it`
    : 'cancel it, else retry it';
  return `${why}. Nobody knows whether it reached the reader: look into the log of the server that sends it; if it went out, ${adopt}`;
}

function inBlindDoubt(work: Work, unknown: readonly Attempt[], now: number): Doubt | null {
  const { settings, article, channel } = work;
  if (settings.onUnknown === 'resend' && article.state !== 'withdrawn') return null;
  const last = unknown.at(-1)!;
  if (channel.guarantee(settings.settings) !== 'A') {
    return park(blindDoubt(work, last.detail ?? 'its outcome is not known'));
  }
  const age = formatDuration(now - unknown[0]!.startedAt);
  return park(
    `a try ${age} ago may have gone through, too long ago to repeat it safely: look at the account, then adopt, retry or cancel it`,
  );
}

/** A service that remembers keys for a while would take a later repeat for a new post; what is old is not posted anew. */
function keyHolds(work: Work, unknown: readonly Attempt[], { clock, settings: { site } }: DeliveryDeps): boolean {
  const { delivery, article, channel, settings } = work;
  if (!showsAPost(work)) return true;
  if (channel.guarantee(settings.settings) !== 'A') return false;
  const now = clock.now();
  if (ageVerdict({ delivery, article, pace: settings.pace, now, zone: site.timezone }) !== null) return false;
  const first = unknown[0];
  return channel.keepsKeys === undefined || !first || now - first.startedAt < channel.keepsKeys;
}

const park = (reason: string): DoubtEnd => ({ kind: 'end', state: 'parked', reason });
