/** How often a feed is worth a look. */
import { cacheLife } from '#src/core/cache-life.ts';
import { chanceOf } from '#src/core/chance.ts';
import { adaptiveInterval, rhythmOf } from '#src/core/poll-interval.ts';
import type { HttpResponse } from '#src/core/tools.ts';
import type { FeedPace } from '#src/markup/parsed-feed.ts';
import type { Known, KnownPace } from '#src/sources/feed/cursor.ts';
import { siteTest } from '#src/sources/same-site.ts';
import type { SourceTools } from '#src/sources/source.ts';

/** As the feed publishes and says, to be remembered until it changes. */
export async function paceOf(
  { atLeast, skipHours, skipDays }: FeedPace,
  { listed, earlier }: Known,
  url: string,
  { site, clock }: SourceTools,
): Promise<KnownPace> {
  const times = [...listed, ...earlier].flatMap(({ at }) => at ?? []);
  const own = (await siteTest(site.url))(url);
  const rhythm = rhythmOf(times, site.timezone, clock.now());
  return { own, zone: site.timezone, ...rhythm, atLeast: atLeast ?? 0, skipHours, skipDays };
}

/** Until the next look; milliseconds. */
export function intervalAfter(pace: KnownPace, { headers, url }: HttpResponse, now: number): number {
  const atLeast = Math.max(pace.atLeast, cacheLife(headers, now));
  return adaptiveInterval({ ...pace, atLeast, now, chance: chanceOf(`${url} ${now}`) });
}
