/** The one request of a poll, at the address that is in use. */
import { conditionalHeaders } from '#src/core/conditional.ts';
import type { HttpResponse } from '#src/core/tools.ts';
import type { FeedCursor } from '#src/sources/feed/cursor.ts';
import { siteTest } from '#src/sources/same-site.ts';
import type { SourceTools } from '#src/sources/source.ts';

const largestFeed = 15 * 1024 * 1024;
const accept = 'application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5';
/** A redirect that says "for good" is believed when it has been there three times in a row. */
const sightings = 3;

/** The answer, and where the feed says it has moved to with it; that counts only where a feed stood there. */
export async function askFeed(
  before: FeedCursor | null,
  url: string,
  tools: SourceTools,
): Promise<{ response: HttpResponse; moved: FeedCursor['moved'] }> {
  const used = await addressInUse(before, url);
  if (used !== url) {
    const response = await ask(used, before, tools).catch(() => null);
    if (response && isFine(response) && response.movedTo === null) return { response, moved: before!.moved };
    // It was no good place after all, or moves on: the old address says how things are now.
  }
  const response = await ask(url, before, tools);
  return { response, moved: sight(response.movedTo, before?.moved ?? null) };
}

/** What a person should know of a move; nothing where it may still be undone. */
export async function tellMove(moved: FeedCursor['moved'], url: string): Promise<string[]> {
  if (!moved || moved.seen < sightings) return [];
  return (await isTheirs(moved.to, url))
    ? [`the feed has moved for good to ${moved.to} and is asked there from now on; change its url in the settings`]
    : [`the feed has moved for good to ${moved.to}, on another site; change its url in the settings if that is right`];
}

async function addressInUse(before: FeedCursor | null, url: string): Promise<string> {
  const moved = before?.moved;
  return moved && moved.seen >= sightings && (await isTheirs(moved.to, url)) ? moved.to : url;
}

const isTheirs = async (to: string, url: string): Promise<boolean> => (await siteTest(url))(to);

function sight(to: string | null, before: FeedCursor['moved']): FeedCursor['moved'] {
  if (to === null) return null;
  return { to, seen: Math.min(before?.to === to ? before.seen + 1 : 1, sightings) };
}

const isFine = ({ status }: HttpResponse): boolean => status === 200 || status === 304;

function ask(url: string, before: FeedCursor | null, { http, clock, signal }: SourceTools): Promise<HttpResponse> {
  return http.request({
    url,
    headers: { accept, ...conditionalHeaders(before?.validators ?? null, clock.now()) },
    maxBytes: largestFeed,
    redirects: 5,
    operatorUrl: true,
    signal,
  });
}
