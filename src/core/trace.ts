/** The story of one article, line by line, as a person would tell it. */
import type { ArticleEvent, StoredArticle } from '#src/core/article.ts';
import { type Attempt, actOf, type Delivery, isCarried } from '#src/core/delivery.ts';
import { fill } from '#src/core/fill.ts';
import type { ToldReading } from '#src/core/reading-story.ts';
import { readingLines } from '#src/core/reading-trace.ts';
import type { PhotoRecord } from '#src/core/rendition.ts';
import { returned } from '#src/core/revision.ts';
import { channelStanding, deliverySentence, type FeedStanding, type Telling } from '#src/core/standing.ts';
import { englishStory, type StoryWords } from '#src/core/story-words.ts';
import { formatDuration } from '#src/core/time.ts';
import { tellReason } from '#src/core/told-reason.ts';

export interface TraceInput {
  article: StoredArticle;
  /** Of its sources. */
  readings: readonly ToldReading[];
  events: readonly ArticleEvent[];
  photos: readonly PhotoRecord[];
  deliveries: readonly Delivery[];
  attempts: readonly Attempt[];
  feeds: readonly FeedStanding[];
  /** Ids of all channels, in the settings' order. */
  channels: readonly string[];
}

export interface TraceLine {
  /** Milliseconds; `now` for how things stand. */
  at: number;
  text: string;
}

/** What happened, oldest first, then how it stands on every feed and channel. */
export function traceArticle(input: TraceInput, telling: Telling): TraceLine[] {
  const { now, words = englishStory } = telling;
  const happened = [
    ...input.readings.flatMap((reading) => readingLines(reading, telling)),
    ...input.events.map((event) => ({ at: event.at, text: eventSentence(event, input, words) })),
    ...input.attempts.map((attempt) => ({
      at: attempt.startedAt,
      text: attemptSentence(attempt, input.deliveries, words),
    })),
    ...input.deliveries.flatMap((delivery) => approvalLines(delivery, words)),
  ];
  const stands = [
    ...input.photos.flatMap((photo) => photoSentence(photo, words)),
    ...input.feeds.map(({ id, holds, why }) =>
      holds ? fill(words.inFeed, { feed: id }) : fill(words.notInFeed, { feed: id, why: why ?? '' }),
    ),
    ...input.channels.flatMap((id) => channelSentences(id, input.deliveries, telling)),
  ];
  return [...happened.sort((a, b) => a.at - b.at), ...stands.map((text) => ({ at: now, text }))];
}

function eventSentence(event: ArticleEvent, { article, photos }: TraceInput, words: StoryWords): string {
  const { kind, at, revision, detail } = event;
  switch (kind) {
    case 'first seen':
      return fill(words.firstSeen, {
        source: article.sourceId,
        after: delay(article, at, words),
        before: article.baseline ? words.stoodBefore : '',
      });
    case 'revised':
      return `${fill(words.revised, { n: revision })}${because(changed(detail ?? '', words), words)}`;
    case 'joined':
      return fill(words.joined, { why: tellReason(detail ?? '', words.reasons) });
    case 'returned':
      return `${fill(words.returned, { n: revision })}${because(changed(detail ?? '', words), words)}`;
    case 'ready': {
      const ofRevision = revision > 1 ? fill(words.ofRevision, { n: revision }) : '';
      return `${words.ready}${ofRevision}${photoCount(photos, words)}`;
    }
    case 'held':
      return words.held;
    case 'released':
      return words.released;
    case 'withdrawn':
      return `${words.withdrawn}${because(tellReason(detail ?? '', words.reasons), words)}`;
  }
}

function because(why: string, words: StoryWords): string {
  return why === '' ? '' : fill(words.because, { why });
}

function delay({ publishedAt }: StoredArticle, at: number, words: StoryWords): string {
  const after = at - Date.parse(publishedAt ?? '');
  return after > 0 ? fill(words.afterPublication, { time: formatDuration(after, words.units) }) : '';
}

function changed(detail: string, words: StoryWords): string {
  return detail
    .split(', ')
    .filter((name) => name !== returned)
    .map((name) => words.changes[name] ?? name)
    .join(', ');
}

function photoCount(photos: readonly PhotoRecord[], words: StoryWords): string {
  if (photos.length === 0) return words.noPhotos;
  const done = photos.filter((photo) => photo.renditions.length > 0).length;
  return fill(done === photos.length ? words.photos : words.photosOf, { n: done, all: photos.length });
}

function photoSentence({ position, failure }: PhotoRecord, words: StoryWords): string[] {
  if (failure === null) return [];
  return [fill(words.photoLeftOut, { n: position + 1, why: tellReason(failure, words.reasons) })];
}

function attemptSentence(attempt: Attempt, deliveries: readonly Delivery[], words: StoryWords): string {
  const { deliveryId, number, startedAt, endedAt, detail } = attempt;
  const delivery = deliveries.find(({ id }) => id === deliveryId);
  const result = attempt.result === null ? words.unfinished : (words.results[attempt.result] ?? attempt.result);
  const time = endedAt === null ? null : formatDuration(endedAt - startedAt, words.units);
  const told = fill(words.attempt, {
    channel: delivery ? channelName(delivery) : deliveryId,
    what: words.attempted[delivery ? actOf(delivery) : 'create'],
    n: number,
    result: attempt.result === null || time === null ? result : fill(words.took, { result, time }),
  });
  return detail ? `${told} (${tellReason(detail, words.reasons)})` : told;
}

function approvalLines(delivery: Delivery, words: StoryWords): TraceLine[] {
  const { approved } = delivery;
  if (!approved) return [];
  const what = words.attempted[actOf(delivery)];
  const by = tellReason(approved.by, words.reasons);
  return [{ at: approved.at, text: fill(words.approved, { channel: channelName(delivery), what, by }) }];
}

/** With the reader, where each has a post of their own. */
function channelName({ channelId, part }: Pick<Delivery, 'channelId' | 'part'>): string {
  return part === '' ? channelId : `${channelId} (${part})`;
}

function channelSentences(id: string, deliveries: readonly Delivery[], telling: Telling): string[] {
  const onChannel = (channel: string, text: string) =>
    fill((telling.words ?? englishStory).onChannel, { channel, text });
  const own = deliveries
    .filter((one) => one.channelId === id && !isCarried(one, deliveries))
    .sort((a, b) => a.createdAt - b.createdAt);
  const sentences = own.map((delivery) => {
    const url = delivery.op === 'create' ? delivery.remote?.url : null;
    return onChannel(channelName(delivery), `${deliverySentence(delivery, telling)}${url ? ` (${url})` : ''}`);
  });
  return sentences.length > 0 ? sentences : [onChannel(id, channelStanding([], telling).text)];
}
