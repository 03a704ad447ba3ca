/** The story of a reading, line by line: how a source's word became an article, or why it did not. */
import { fill } from '#src/core/fill.ts';
import type { ReadingStep, ToldReading } from '#src/core/reading-story.ts';
import type { Telling } from '#src/core/standing.ts';
import { englishStory, type StoryWords } from '#src/core/story-words.ts';
import { formatDuration, formatTime } from '#src/core/time.ts';
import { tellReason } from '#src/core/told-reason.ts';

export interface ReadingLine {
  at: number;
  text: string;
}

/** What happened to it, oldest first. */
export function readingLines(reading: ToldReading, telling: Telling): ReadingLine[] {
  return reading.story.map((step, index) => ({ at: step.at, text: stepSentence(step, index, reading, telling) }));
}

/** Where it stands that never became an article. */
export function readingStanding({ state, dueAt, sourceId }: ToldReading, telling: Telling): string {
  const { words = englishStory, now, zone } = telling;
  if (state === 'held') return fill(words.readingHeld, { source: sourceId });
  if (state === 'failed') return words.readingLeftOut;
  if (state === 'due') {
    return dueAt > now ? fill(words.readingDueAt, { time: formatTime(dueAt, zone) }) : words.readingDue;
  }
  return words.readingNothing;
}

function stepSentence(step: ReadingStep, index: number, reading: ToldReading, telling: Telling): string {
  const { words = englishStory } = telling;
  const { detail, kind } = step;
  const values = { source: reading.sourceId, name: reading.title ?? reading.externalId };
  const why = tellReason(detail ?? '', words.reasons);
  switch (kind) {
    case 'found': {
      const isFirst = !reading.story.slice(0, index).some((one) => one.kind === 'found');
      if (detail !== null) return fill(isFirst ? words.readingTold : words.readingToldAgain, values);
      return fill(isFirst ? words.readingFound : words.readingChanged, values);
    }
    case 'read':
      return fill(words.readingRead, { how: why, after: waited(step, index, reading, words) });
    case 'failed':
      return `${fill(words.readingFailed, { why })}${nextTry(index, reading, telling)}`;
    case 'left out':
      return fill(words.readingRefused, { why });
    case 'lost':
      return fill(words.readingLost, { why });
    case 'stands':
      return detail === null ? words.readingStands : fill(words.readingStandsElsewhere, { why });
    default:
      return fill(words.readingSteps[kind], values);
  }
}

/** Since it was last found; nothing to say of a moment. */
function waited(step: ReadingStep, index: number, { story }: ToldReading, words: StoryWords): string {
  const found = story.slice(0, index).findLast(({ kind }) => kind === 'found');
  const time = found ? step.at - found.at : 0;
  return time < 1000 ? '' : fill(words.readingAfter, { time: formatDuration(time, words.units) });
}

function nextTry(index: number, { state, dueAt, story }: ToldReading, { words = englishStory, zone }: Telling): string {
  const isLast = index === story.length - 1;
  return isLast && state === 'due' ? fill(words.readingNextTry, { time: formatTime(dueAt, zone) }) : '';
}
