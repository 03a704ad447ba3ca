/** Which deliveries a new article, a new revision or a withdrawal calls for: rows for the same transaction. */
import { bornAt, embargoedUntil } from '#src/core/age.ts';
import type { Article, StoredArticle } from '#src/core/article.ts';
import { isBreaking } from '#src/core/breaking.ts';
import { type ChannelTraits, commonTraits } from '#src/core/channel-traits.ts';
import { type Delivery, givenUp, isByHand, type NewDelivery, waitsForApproval } from '#src/core/delivery.ts';
import { deliveryKey } from '#src/core/delivery-key.ts';
import { mismatch } from '#src/core/only.ts';
import { afterQuiet, waitsForPace, wakingTime } from '#src/core/pace.ts';
import { rescheduled } from '#src/core/revision.ts';
import type { ChannelSettings, SiteSettings } from '#src/core/settings.ts';
import { formatDuration } from '#src/core/time.ts';

export interface PlannedChannel {
  settings: ChannelSettings;
  /** When this ledger first saw the channel. */
  since: number;
  /** The common ones when left out. */
  traits?: ChannelTraits;
}

export interface CreatePlan {
  articleId: string;
  article: Article;
  sourceId: string;
  /** It stood there at the source's first poll. */
  baseline: boolean;
  /** It came with many others at once: a person decides, or has decided that none of them is posted. */
  held?: 'shift' | 'burst' | 'seen' | null;
  /** From when on it could have been read: a wait that was not its own does not age it. `now` when left out. */
  seenAt?: number;
  channels: readonly PlannedChannel[];
  site: SiteSettings;
  now: number;
}

/** A person lets it go, or it never goes: no time of its own. */
const untilApproved = Date.UTC(9999, 0);

export const notPublishedYet = 'its publication time is still ahead';
const notKnownYet = 'waits until a person has said whether the post stands';

export const markedSeen = 'came with many others at once, and a person marked them as seen: in the feeds, not posted';

/** Edits follow each other within a minute: the last one goes; at once where the operator wants no settling. */
const editSettle = 60_000;

/** One row per channel, or per part of it, for an article seen for the first time; those that must not go are written too, with the reason. */
export function planCreate(plan: CreatePlan): NewDelivery[] {
  return plan.channels.flatMap((channel) => {
    const { settings, traits = commonTraits } = channel;
    const timing = createTiming(plan, channel);
    return traits.parts.map((part) => ({
      channelId: settings.id,
      op: 'create',
      part,
      key: deliveryKey({
        siteUrl: plan.site.url,
        articleId: plan.articleId,
        channelId: settings.id,
        op: 'create',
        part,
      }),
      urgent: isBreaking(settings, plan.article),
      ...timing,
    }));
  });
}

function createTiming(plan: CreatePlan, channel: PlannedChannel): Pick<NewDelivery, 'state' | 'reason' | 'notBefore'> {
  const { settings } = channel;
  const { article, now, site } = plan;
  const reason = whyNot(plan, channel);
  if (reason !== null) return { state: 'skipped', reason, notBefore: now };
  if (settings.approval === 'required') return { state: 'waiting', reason: waitsForApproval, notBefore: untilApproved };
  if (plan.held === 'burst') {
    return { state: 'waiting', reason: burstReason(plan.sourceId), notBefore: untilApproved };
  }
  const embargo = embargoedUntil(article.publishedAt, now);
  const isUrgent = isBreaking(settings, article);
  const from = embargo ?? now + (isUrgent ? 0 : settings.pace.settle);
  const notBefore = isUrgent ? from : afterQuiet(from, settings.pace.quiet, site.timezone);
  const quiet = notBefore > from ? waitsForPace : null;
  return { state: 'waiting', reason: embargo === null ? quiet : notPublishedYet, notBefore };
}

/** Of a post that waits because many new articles came at once. */
export function burstReason(sourceId: string): string {
  return `came with many others at once: a person decides (loa source seen, newest or drip ${sourceId})`;
}

function whyNot(plan: CreatePlan, { settings, since }: PlannedChannel): string | null {
  const { article, seenAt: now = plan.now, site } = plan;
  if (plan.baseline) return 'stood there before Loa began watching: in the feeds, not posted';
  if (since > plan.now) return 'the channel is newer than the article';
  if (plan.held === 'seen') return markedSeen;
  const unwanted = mismatch(settings.only, { ...article, sourceId: plan.sourceId });
  if (unwanted !== null) return `not for this channel: ${unwanted}`;
  const born = bornAt({ publishedAt: article.publishedAt, firstSeenAt: new Date(now).toISOString() }, site.timezone);
  const { quiet, maxAge, maxAgeTotal } = settings.pace;
  const age = now - born;
  const tooOld = wakingTime(born, now, quiet, site.timezone) > maxAge || age > maxAgeTotal;
  if (!tooOld) return null;
  return `already ${formatDuration(age)} old when it was first seen: this channel posts nothing older than ${formatDuration(Math.min(maxAge, maxAgeTotal))}`;
}

export interface RevisionPlan {
  stored: StoredArticle;
  article: Article;
  /** The new one's number. */
  revision: number;
  /** What changed, in the words of `changesBetween`. */
  changes: readonly string[];
  /** All deliveries of the article. */
  existing: readonly Delivery[];
  channels: readonly PlannedChannel[];
  site: SiteSettings;
  now: number;
}

/**
 * A correction for every post that stands, may stand or is to come. One that is not composed yet may carry the revision
 * itself, or an older one whose photos were ready first: nobody knows before it is frozen, and then the ledger drops
 * what it carries.
 */
export function planRevision(plan: RevisionPlan): NewDelivery[] {
  if (plan.stored.state === 'withdrawn') return [];
  return plan.channels.flatMap((channel) => {
    if (!callsForCorrection(plan.changes, channel)) return [];
    return createsOf(plan.existing, channel)
      .filter((create) => concerns(create) && !isTakenBack(plan.existing, create))
      .map((create) => correctionOf(create, channel, plan));
  });
}

/** Whoever shared a post is told of its edit, and a reply is a post of its own: neither for what nobody would miss. */
function callsForCorrection(changes: readonly string[], { settings, traits = commonTraits }: PlannedChannel): boolean {
  const { corrections } = settings;
  if (corrections === 'ignore') return false;
  const unseen = corrections === 'reply' ? [rescheduled, ...labels] : [rescheduled];
  const matter = changes.filter((change) => !unseen.includes(change));
  const isLoud = corrections === 'reply' || traits.editNotifies;
  return matter.some((change) => !isLoud || change !== 'typo');
}

/** How an article is filed, not what it says. */
const labels = ['section', 'tags'];

/** A correction or a withdrawal may have a post to act on, now or later. */
function concerns(create: Delivery): boolean {
  return isByHand(create) || mayStand(create) || create.state === 'waiting' || mayComeAsFrozen(create);
}

/** It ended, but a person may yet send or find it, with the text that is frozen. Until then there is nothing to change. */
function mayComeAsFrozen({ state, post }: Delivery): boolean {
  return post !== null && givenUp.includes(state);
}

/** After a withdrawal that ended there is no post to change, should the article come back. */
function isTakenBack(existing: readonly Delivery[], { channelId, part }: Delivery): boolean {
  const withdrawals = existing.filter((row) => row.op === 'withdraw' && row.state !== 'skipped');
  return withdrawals.some((row) => row.channelId === channelId && row.part === part);
}

function correctionOf(
  create: Delivery,
  { settings, traits = commonTraits }: PlannedChannel,
  { stored, revision, site, now }: RevisionPlan,
): NewDelivery {
  const { channelId, part } = create;
  const asReply = settings.corrections === 'reply';
  const key = deliveryKey({ siteUrl: site.url, articleId: stored.id, channelId, op: 'edit', revision, part });
  const row = { channelId, part, op: 'edit', asReply, key } as const;
  const reason = isByHand(create) ? byHandStands(create) : unable(settings.kind, asReply, traits);
  if (reason !== null) return { ...row, state: 'skipped', reason, notBefore: now };
  if (settings.approval === 'required') {
    return { ...row, state: 'waiting', reason: waitsForApproval, notBefore: untilApproved };
  }
  const notBefore = now + Math.min(editSettle, settings.pace.settle);
  return { ...row, state: 'waiting', reason: create.state === 'parked' ? notKnownYet : null, notBefore };
}

/** A person's own post is a person's to change. */
export function byHandStands({ remote }: Pick<Delivery, 'remote'>): string {
  return `it was posted by hand at ${remote?.url ?? remote?.id}: correct it there`;
}

function unable(kind: string, asReply: boolean, { canEdit, canReply }: ChannelTraits): string | null {
  if (asReply) return canReply ? null : cannotAnswer(kind);
  return canEdit ? null : cannotChange(kind);
}

export const cannotChange = (kind: string): string => `posts on ${kind} cannot be changed: it stands as it was`;
const cannotAnswer = (kind: string): string => `posts on ${kind} cannot be answered: nothing is told below it`;

export interface WithdrawalPlan {
  stored: Pick<StoredArticle, 'id'>;
  existing: readonly Delivery[];
  channels: readonly Pick<PlannedChannel, 'settings' | 'traits'>[];
  site: SiteSettings;
  now: number;
}

/**
 * A withdrawal for every post that stands, may stand or is to come, as the channel's settings want it: one that waits now
 * may be sent before the article is withdrawn. The ledger leaves out what nobody can have seen.
 */
export function planWithdrawal({ stored, existing, channels, site, now }: WithdrawalPlan): NewDelivery[] {
  return channels.flatMap((channel) =>
    createsOf(existing, channel)
      .filter(concerns)
      .map(({ channelId, part, state }) => {
        const { withdrawals } = channel.settings;
        const asReply = withdrawals === 'reply';
        const key = deliveryKey({ siteUrl: site.url, articleId: stored.id, channelId, op: 'withdraw', part });
        const row = { channelId, part, op: 'withdraw', asReply, key, notBefore: now, urgent: true } as const;
        const reason = whyStands(channel);
        if (reason !== null) return { ...row, state: 'skipped', reason };
        return { ...row, state: 'waiting', reason: state === 'parked' ? notKnownYet : null };
      }),
  );
}

function whyStands({ settings, traits = commonTraits }: Pick<PlannedChannel, 'settings' | 'traits'>): string | null {
  const { kind, withdrawals } = settings;
  if (withdrawals === 'ignore') return `the channel's setting is "withdrawals: ${withdrawals}": the post stands`;
  if (withdrawals === 'reply') return traits.canReply ? null : cannotAnswer(kind);
  return traits.irrevocable;
}

function mayStand({ state }: Delivery): boolean {
  return ['sending', 'retry', 'sent', 'parked'].includes(state);
}

function createsOf(existing: readonly Delivery[], { settings }: { settings: ChannelSettings }): Delivery[] {
  return existing.filter(({ channelId, op }) => channelId === settings.id && op === 'create');
}
