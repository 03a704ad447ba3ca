/** What today's settings would have posted: the plan and the pace of deliveries, played over articles of the past. */
import { ageVerdict } from '#src/core/age.ts';
import type { StoredArticle } from '#src/core/article.ts';
import { waitsForApproval } from '#src/core/delivery.ts';
import { type PlannedChannel, planCreate } from '#src/core/delivery-plan.ts';
import { nextAllowed } from '#src/core/pace.ts';
import type { PaceSettings, SiteSettings } from '#src/core/settings.ts';

export interface PlayedPost {
  article: StoredArticle;
  /** When it would have gone out; milliseconds. */
  at: number;
  /** What it would have waited for after that, in plain words; null: nothing. */
  waits: string | null;
}

export interface Played {
  posts: PlayedPost[];
  notPosted: { article: StoredArticle; reason: string }[];
}

const hour = 3_600_000;

/** When an article would have been seen by a Loa that had watched all the while. */
export function seenAt({ baseline, publishedAt, firstSeenAt }: StoredArticle): number {
  const published = Date.parse(publishedAt ?? '');
  return baseline && Number.isFinite(published) ? published : Date.parse(firstSeenAt);
}

/** `articles` in any order; both lists of the result are in order of time. Nothing is asked of any service. */
export function playChannel(
  channel: Omit<PlannedChannel, 'since'>,
  articles: readonly StoredArticle[],
  site: SiteSettings,
): Played {
  const played: Played = { posts: [], notPosted: [] };
  const waiting: Waiting[] = [];
  for (const article of [...articles].sort((a, b) => seenAt(a) - seenAt(b))) {
    const now = seenAt(article);
    const channels = [{ ...channel, since: 0 }];
    const plan = { articleId: article.id, article, sourceId: article.sourceId, baseline: false, channels, site, now };
    const [row] = planCreate(plan);
    if (!row) continue;
    if (row.state === 'skipped') played.notPosted.push({ article, reason: row.reason ?? '' });
    else if (row.reason === waitsForApproval) played.posts.push({ article, at: now, waits: waitsForApproval });
    else waiting.push({ article, readyAt: row.notBefore, isUrgent: row.urgent ?? false });
  }
  return playPace(waiting, played, channel.settings.pace, site.timezone);
}

interface Waiting {
  article: StoredArticle;
  readyAt: number;
  isUrgent: boolean;
}

function playPace(waiting: Waiting[], played: Played, pace: PaceSettings, zone: string): Played {
  const byTime = waiting.sort((a, b) => a.readyAt - b.readyAt);
  const lanes = [byTime.filter(({ isUrgent }) => isUrgent), byTime.filter(({ isUrgent }) => !isUrgent)];
  const sent: number[] = [];
  for (;;) {
    // Breaking news goes before what becomes free at the same time.
    const heads = lanes.flatMap((lane) =>
      lane[0] ? [{ lane, head: lane[0], at: goesAt(lane[0], sent, pace, zone) }] : [],
    );
    const next = heads.reduce<(typeof heads)[number] | null>(
      (best, one) => (best && best.at <= one.at ? best : one),
      null,
    );
    if (!next) return played;
    next.lane.shift();
    const { article, readyAt } = next.head;
    const delivery = { op: 'create', freeAt: readyAt, createdAt: readyAt, reason: null } as const;
    const tooOld = ageVerdict({ delivery, article, pace, now: next.at, zone });
    if (tooOld !== null) {
      played.notPosted.push({ article, reason: tooOld });
      continue;
    }
    played.posts.push({ article, at: next.at, waits: null });
    sent.push(next.at);
  }
}

function goesAt({ readyAt, isUrgent }: Waiting, sent: readonly number[], pace: PaceSettings, zone: string): number {
  const own = isUrgent ? { ...pace, gap: 0, quiet: null } : pace;
  const last = sent.at(-1) ?? null;
  let at = Math.max(readyAt, last ?? 0);
  for (;;) {
    const from = at - hour;
    const allowed = nextAllowed(at, own, zone, { last, count: sent.filter((time) => time > from).length });
    if (allowed === at) return at;
    at = allowed;
  }
}
