/** What makes two readings the same story: by the source's own id, by address, by headline and day, by content. */

import { createHash } from 'node:crypto';
import { type AddressKey, addressKey, isSameSite, slugWords } from '#src/core/address-key.ts';
import { byCodeUnit } from '#src/core/by-code-unit.ts';
import { foldLetters, headlineLikeness, type TextLikeness, textBands, textLikeness } from '#src/core/likeness.ts';
import { textChange } from '#src/core/text-change.ts';

const tracking = /^(?:utm_.*|fbclid|gclid|dclid|msclkid|mc_.*|zarsrc|igshid|_ga|yclid)$/i;

/** One spelling for every address of the same page; null when it is no http(s) address. Path case is kept. */
export function normalizeUrl(address: string): string | null {
  const url = URL.parse(address.trim());
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  url.hash = '';
  url.username = '';
  url.password = '';
  const kept = [...url.searchParams].filter(([name]) => !tracking.test(name));
  kept.sort(([a, x], [b, y]) => (a === b ? byCodeUnit(x, y) : byCodeUnit(a, b)));
  url.search = new URLSearchParams(kept).toString();
  return url.href;
}

/** An article's id in every feed, minted once (RFC 4151): `tag:bao.example,2026-11-25:k3x…`; the day is UTC's. */
export function entryId(siteUrl: string, id: string, now: number): string {
  const domain = URL.parse(siteUrl)?.hostname ?? 'localhost';
  return `tag:${domain},${new Date(now).toISOString().slice(0, 10)}:${id}`;
}

/** What a reading, or an article that is known, says of its story. */
export interface Story {
  /** What its sources call it: guid, CMS id, file name. */
  names: readonly { sourceId: string; externalId: string }[];
  addresses: readonly AddressKey[];
  headline: string;
  /** Lead and text. */
  text: string;
  /** `2026-11-29`: its publication in the newsroom's zone, else when it was first seen. */
  day: string;
}

export interface Verdict {
  same: boolean;
  /** The evidence; null for none. */
  by: 'id' | 'address' | 'number' | 'headline' | 'content' | null;
  /** False: it only seems so. */
  sure: boolean;
}

/** Whether both are one story. It does not matter which one was known first. */
export function sameStory(candidate: Story, known: Story): Verdict {
  const likeness = once(() => textLikeness(candidate.text, known.text));
  return (
    byName(candidate, known, likeness) ??
    byAddress(candidate, known, likeness) ??
    byNumber(candidate, known, likeness) ??
    byHeadline(candidate, known, likeness) ??
    byContent(candidate, known, likeness) ?? { same: false, by: null, sure: true }
  );
}

/** The known story that the candidate is, by the strongest evidence; null when it is a new one. */
export function chooseStory<T extends Story>(
  candidate: Story,
  known: readonly T[],
): { story: T; verdict: Verdict } | null {
  const found = known
    .map((story) => ({ story, verdict: sameStory(candidate, story) }))
    .filter(({ verdict }) => verdict.same)
    .sort((a, b) => strength.indexOf(a.verdict.by) - strength.indexOf(b.verdict.by));
  return found[0] ?? null;
}

const strength: readonly Verdict['by'][] = ['id', 'address', 'number', 'content', 'headline', null];

/**
 * The addresses of a reading: where it was found, and the one its page gives itself unless that is a template's mistake:
 * it must be on the same site, name one story, and have something of where it was found or of the headline.
 */
export function storyAddresses(
  found: readonly (string | null)[],
  claimed: string | null,
  headline: string,
): AddressKey[] {
  const own = found.flatMap((address) => (address === null ? [] : (addressKey(address) ?? [])));
  const given = claimed === null ? null : addressKey(claimed);
  const all = given && (own.length === 0 || isOwn(given, own, headline)) ? [...own, given] : own;
  const byKey = new Map(all.filter(({ key, site }) => key !== `https://${site}/`).map((one) => [one.key, one]));
  return [...byKey.values()];
}

/** Under these a story is looked for: what it has in common with one that may be the same. */
export function storyMarks({ addresses, headline, text, day }: Omit<Story, 'names'>): string[] {
  return [
    ...addresses.flatMap(({ numbers }) => numbers.map((number) => `n:${number}`)),
    ...addresses.filter(({ specific }) => !specific).map(addressMark),
    ...(foldLetters(headline) === '' ? [] : [titleDayMark(headline, day), titleMark(headline)]),
    ...textBands(text).map((band) => `c:${band}`),
  ];
}

/** Of a page that several stories may stand at. */
export function addressMark({ key }: Pick<AddressKey, 'key'>): string {
  return `a:${digest(key)}`;
}

/** Of a headline, on whatever day. */
export function titleMark(headline: string): string {
  return `h:${digest(foldLetters(headline))}`;
}

/** Two readings of one story at the same moment wait for each other at this one. */
export function titleDayMark(headline: string, day: string): string {
  return `d:${day}.${digest(foldLetters(headline))}`;
}

/**
 * Whether an address that led to another one leads to another story by now: both name one story, have no number in
 * common, and nothing of what was read is in what is known.
 */
export function leadsAway(
  { asked, answered }: { asked: string | null; answered: string | null },
  read: Pick<Story, 'headline' | 'text'>,
  known: Pick<Story, 'headline' | 'text'>,
): boolean {
  const from = asked === null ? null : addressKey(asked);
  const to = answered === null ? null : addressKey(answered);
  if (!from?.specific || !to?.specific || from.key === to.key) return false;
  if (from.numbers.some((number) => to.numbers.includes(number))) return false;
  if (headlineLikeness(read.headline, known.headline) >= 0.5) return false;
  const { held, tells } = textLikeness(read.text, known.text);
  return tells && held < 0.2;
}

/** Whether a text has not even names and places of a known one, as a notice in its place: a rewritten story has. */
export function hasNothingOf(read: Pick<Story, 'text'>, known: Pick<Story, 'text'>): boolean {
  return foldLetters(known.text).length >= 80 && textLikeness(read.text, known.text).held < 0.05;
}

/**
 * What may stand under one article alone: the address of a page that names one story, and of any other together with
 * headline and day, for a live page or a section is used again.
 */
export function uniqueAddress({ key, specific }: AddressKey, headline: string, day: string): string {
  return specific ? key : `${key}#${digest(foldLetters(headline))}.${day}`;
}

type Likeness = () => TextLikeness;

/** A name that is only the address of a page that is used again says no more than that address. */
function byName(a: Story, b: Story, likeness: Likeness): Verdict | null {
  const names = new Set(a.names.map(({ sourceId, externalId }) => `${sourceId} ${externalId}`));
  const common = b.names.filter(({ sourceId, externalId }) => names.has(`${sourceId} ${externalId}`));
  if (common.length === 0) return null;
  const sure = common.some(({ externalId }) => addressKey(externalId)?.specific !== false);
  if (sure) return { same: true, by: 'id', sure: true };
  const { held, tells } = likeness();
  return a.day !== b.day && tells && held < 0.2
    ? { same: false, by: 'id', sure: true }
    : { same: true, by: 'id', sure: true };
}

function byAddress(a: Story, b: Story, likeness: Likeness): Verdict | null {
  const keys = new Set(a.addresses.map(({ key }) => key));
  const common = b.addresses.filter(({ key }) => keys.has(key));
  if (common.length === 0) return null;
  if (common.some(({ specific }) => specific)) return { same: true, by: 'address', sure: true };
  return isReused(a, b, likeness) ? null : { same: true, by: 'address', sure: a.day === b.day };
}

/** A page that does not name one story: whether it holds another one. */
function isReused(a: Story, b: Story, likeness: Likeness): boolean {
  const { alike, held, tells } = likeness();
  if (a.day !== b.day) return !(tells && alike >= 0.8 && hasSameFacts(a, b));
  const differs = tells && held < 0.3;
  // One source that calls them by two names means two, unless it says the same of both.
  if (shareSource(a, b)) return differs || !hasSameHeadline(a, b);
  // A feed's summary is often in words of its own.
  if (isTelling(a.headline) && hasSameHeadline(a, b)) return false;
  return differs || (!tells && headlineLikeness(a.headline, b.headline) < 0.5);
}

/** A slug may be renamed; the number in it stays. */
function byNumber(a: Story, b: Story, likeness: Likeness): Verdict | null {
  if (!shareNumber(a, b)) return null;
  const headlines = headlineLikeness(a.headline, b.headline);
  const { held, tells } = likeness();
  const isSame = headlines >= 0.5 || (tells && held >= 0.3);
  return isSame ? { same: true, by: 'number', sure: headlines >= 0.7 || held >= 0.5 } : null;
}

/** The same words on one day may head two stories (`Tin vắn`): the texts, or a headline that says much, decide. */
function byHeadline(a: Story, b: Story, likeness: Likeness): Verdict | null {
  if (a.day !== b.day || foldLetters(a.headline) !== foldLetters(b.headline)) return null;
  const { alike, held, tells } = likeness();
  const differ = haveOtherNumbers(a, b);
  if (!tells)
    return isTelling(a.headline) && !differ && !shareSource(a, b) ? { same: true, by: 'headline', sure: false } : null;
  // What one paper calls by two names it means as two, also where a template or a notice is most of both.
  const areTwo = differ || (shareSource(a, b) && !isTelling(a.headline));
  const isSame = areTwo ? alike >= 0.95 : held >= textNeeded(a, b);
  return isSame ? { same: true, by: 'headline', sure: held >= 0.8 } : null;
}

/** Under one headline on one day. Two sources seldom find the same long one, and a summary may be in words of its own. */
function textNeeded(a: Story, b: Story): number {
  if (!isTelling(a.headline)) return 0.7;
  return foldLetters(a.headline).length >= 36 && !shareSource(a, b) ? 0.08 : 0.5;
}

/**
 * One text under another id, address and day. Its headline must be the same but for slips: papers have texts that serve
 * for several stories, and a correction quotes all that it corrects.
 */
function byContent(a: Story, b: Story, likeness: Likeness): Verdict | null {
  if (!hasSameHeadline(a, b)) return null;
  const { alike, tells } = likeness();
  if (!tells) return null;
  const needed = a.day !== b.day || haveOtherNumbers(a, b) || !isTelling(a.headline) ? 0.95 : 0.85;
  const isSame = alike >= needed && (a.day === b.day || (isTelling(a.headline) && hasSameFacts(a, b)));
  return isSame ? { same: true, by: 'content', sure: alike >= 0.95 } : null;
}

/** But for slips; a number is none. */
function hasSameHeadline(a: Story, b: Story): boolean {
  const change = textChange(a.headline, b.headline);
  return (change === 'none' || change === 'typo') && numbersOf(a.headline) === numbersOf(b.headline);
}

function isOwn(given: AddressKey, own: readonly AddressKey[], headline: string): boolean {
  if (own.some(({ key }) => key === given.key)) return true;
  if (!given.specific || !own.some((one) => isSameSite(one, given))) return false;
  if (own.some(({ numbers }) => numbers.some((number) => given.numbers.includes(number)))) return true;
  const words = new Set([...own.flatMap(({ slug }) => slug), ...slugWords(headline)]);
  const common = given.slug.filter((word) => words.has(word)).length;
  return given.slug.length > 0 && common * 2 >= given.slug.length;
}

function shareNumber(a: Story, b: Story): boolean {
  return a.addresses.some((one) =>
    b.addresses.some((other) => isSameSite(one, other) && one.numbers.some((number) => other.numbers.includes(number))),
  );
}

/** The site itself counts them as two. */
function haveOtherNumbers(a: Story, b: Story): boolean {
  const numbered = (story: Story) => story.addresses.filter(({ numbers }) => numbers.length > 0);
  return !shareNumber(a, b) && numbered(a).some((one) => numbered(b).some((other) => isSameSite(one, other)));
}

function shareSource(a: Story, b: Story): boolean {
  return a.names.some(({ sourceId }) => b.names.some((other) => other.sourceId === sourceId));
}

/** Long enough that nobody would choose it twice on one day. */
function isTelling(headline: string): boolean {
  const folded = foldLetters(headline);
  const isDense = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(folded);
  return folded.length >= (isDense ? 10 : 22);
}

const numbersOf = (text: string): string =>
  (text.normalize('NFKC').match(/\d+(?:[.,/:-]\d+)*/g) ?? []).sort(byCodeUnit).join(' ');

const hasSameFacts = (a: Story, b: Story) => numbersOf(a.text) === numbersOf(b.text);

function once<T>(work: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: work() }).value;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}
