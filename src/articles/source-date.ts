/** When an article appeared, where its source and its page differ. */
import { isFuture, readDate } from '#src/core/date.ts';

/**
 * The source's word, as printed there, before the page's; but a source that gives its own local time as UTC is ahead by
 * the hours of its zone, and what is out would wait for them: then the page's, and a doubt.
 */
export function publishedOf(
  said: string | undefined,
  shown: string | null,
  { zone, now }: { zone: string; now: number },
): { publishedAt: string | null; doubt: string | null } {
  if (said === undefined || shown === null) return { publishedAt: said ?? shown, doubt: null };
  const source = readDate(said, zone);
  const page = readDate(shown, zone);
  const isAhead = source?.hasTime && page?.hasTime && isFuture(source.at, now);
  if (!isAhead || minuteOf(readDate(source.at.replace(/Z$/, ''), zone)?.at) !== minuteOf(page.at))
    return { publishedAt: said, doubt: null };
  return { publishedAt: shown, doubt: `The source gives local time as if it were UTC; the page's own time counts.` };
}

const minuteOf = (at: string | undefined) => at?.slice(0, 'yyyy-mm-ddThh:mm'.length);
