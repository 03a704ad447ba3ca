/** Which deliveries a new article, a new revision or a withdrawal calls for: rows for the same transaction. */
import { bornAt, embargoedUntil } from '#src/core/age.ts';
import type { Article, StoredArticle } from '#src/core/article.ts';
import type { Delivery, NewDelivery } from '#src/core/delivery.ts';
import { deliveryKey } from '#src/core/delivery-key.ts';
import { mismatch } from '#src/core/only.ts';
import { afterQuiet, wakingTime } from '#src/core/pace.ts';
import type { ChannelSettings, SiteSettings } from '#src/core/settings.ts';
import { formatDuration } from '#src/core/time.ts';

export interface PlannedChannel {
  settings: ChannelSettings;
  /** When this ledger first saw the channel. */
  since: number;
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

export const markedSeen = 'came with many others at once, and a person marked them as seen: in the feeds, not posted';

/** Edits follow each other within a minute: the last one goes; at once where the operator wants no settling. */
const editSettle = 60_000;

/** One row per channel for an article seen for the first time; those that must not go are written too, with the reason. */
export function planCreate(plan: CreatePlan): NewDelivery[] {
  const { articleId, site } = plan;
  return plan.channels.map((channel) => {
    const { settings } = channel;
    const key = deliveryKey({ siteUrl: site.url, articleId, channelId: settings.id, op: 'create' });
    const row = { channelId: settings.id, op: 'create', key } as const;
    const reason = whyNot(plan, channel);
    if (reason !== null) return { ...row, state: 'skipped', reason, notBefore: plan.now };
    if (settings.approval === 'required') {
      return { ...row, state: 'waiting', reason: 'waits for approval', notBefore: untilApproved };
    }
    if (plan.held === 'burst') {
      return { ...row, state: 'waiting', reason: burstReason(plan.sourceId), notBefore: untilApproved };
    }
    const embargo = embargoedUntil(plan.article.publishedAt, plan.now);
    const from = embargo ?? plan.now + settings.pace.settle;
    return {
      ...row,
      state: 'waiting',
      reason: embargo === null ? null : 'its publication time is still ahead',
      notBefore: afterQuiet(from, settings.pace.quiet, site.timezone),
    };
  });
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
  const tooOld = wakingTime(born, now, quiet, site.timezone) > maxAge || age > Math.max(maxAge, maxAgeTotal);
  if (!tooOld) return null;
  return `already ${formatDuration(age)} old when it was first seen: this channel posts nothing older than ${formatDuration(maxAge)}`;
}

export interface RevisionPlan {
  stored: StoredArticle;
  article: Article;
  /** The new one's number. */
  revision: number;
  /** What changed, in plain words. */
  changes: readonly string[];
  /** All deliveries of the article. */
  existing: readonly Delivery[];
  channels: readonly PlannedChannel[];
  site: SiteSettings;
  now: number;
}

/** An edit for every post that stands or may stand; a create that is not composed yet will carry the revision itself. */
export function planRevision(plan: RevisionPlan): NewDelivery[] {
  if (plan.stored.state === 'withdrawn' || plan.changes.length === 0) return [];
  const { stored, revision, site, now } = plan;
  return plan.channels
    .filter(({ settings }) => settings.corrections === 'edit' && !isTakenBack(plan.existing, settings.id))
    .filter(({ settings }) => needsEdit(createOf(plan.existing, settings.id)))
    .map(({ settings }) => ({
      channelId: settings.id,
      op: 'edit',
      key: deliveryKey({ siteUrl: site.url, articleId: stored.id, channelId: settings.id, op: 'edit', revision }),
      state: 'waiting',
      reason: null,
      notBefore: now + Math.min(editSettle, settings.pace.settle),
    }));
}

/** After a withdrawal that ended there is no post to change, should the article come back. */
function isTakenBack(existing: readonly Delivery[], channelId: string): boolean {
  return existing.some((row) => row.channelId === channelId && row.op === 'withdraw' && row.state !== 'skipped');
}

function needsEdit(create: Delivery | undefined): boolean {
  if (!create) return false;
  if (create.state === 'waiting' && create.post === null) return false;
  return ['waiting', 'sending', 'retry', 'sent', 'parked'].includes(create.state);
}

export interface WithdrawalPlan {
  stored: Pick<StoredArticle, 'id'>;
  existing: readonly Delivery[];
  channels: readonly { settings: ChannelSettings }[];
  site: SiteSettings;
  now: number;
}

/** A withdrawal for every post that stands or may stand, as the channel's settings want it. */
export function planWithdrawal({ stored, existing, channels, site, now }: WithdrawalPlan): NewDelivery[] {
  return channels
    .filter(({ settings }) => mayStand(createOf(existing, settings.id)))
    .map(({ settings }) => {
      const { id, withdrawals } = settings;
      const key = deliveryKey({ siteUrl: site.url, articleId: stored.id, channelId: id, op: 'withdraw' });
      const row = { channelId: id, op: 'withdraw', key, notBefore: now } as const;
      if (withdrawals === 'delete') return { ...row, state: 'waiting', reason: null };
      return {
        ...row,
        state: 'skipped',
        reason: `the channel's setting is "withdrawals: ${withdrawals}": the post stands`,
      };
    });
}

function mayStand(create: Delivery | undefined): boolean {
  return create !== undefined && ['sending', 'retry', 'sent', 'parked'].includes(create.state);
}

function createOf(existing: readonly Delivery[], channelId: string): Delivery | undefined {
  return existing.find((delivery) => delivery.channelId === channelId && delivery.op === 'create');
}
