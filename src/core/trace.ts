/** The story of one article, line by line, as a person would tell it. */
import type { ArticleEvent, StoredArticle } from '#src/core/article.ts';
import type { Attempt, Delivery } from '#src/core/delivery.ts';
import type { PhotoRecord } from '#src/core/rendition.ts';
import { channelStanding, deliverySentence, type FeedStanding } from '#src/core/standing.ts';
import { formatDuration } from '#src/core/time.ts';

export interface TraceInput {
  article: StoredArticle;
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
export function traceArticle(input: TraceInput, now: number, zone: string): TraceLine[] {
  const happened = [
    ...input.events.map((event) => ({ at: event.at, text: eventSentence(event, input) })),
    ...input.attempts.map((attempt) => ({ at: attempt.startedAt, text: attemptSentence(attempt, input.deliveries) })),
  ];
  const stands = [
    ...input.photos.flatMap(photoSentence),
    ...input.feeds.map(({ id, holds, why }) => (holds ? `In feed ${id}` : `Not in feed ${id}: ${why}`)),
    ...input.channels.flatMap((id) => channelSentences(id, input.deliveries, now, zone)),
  ];
  return [...happened.sort((a, b) => a.at - b.at), ...stands.map((text) => ({ at: now, text }))];
}

function eventSentence({ kind, at, revision, detail }: ArticleEvent, { article, photos }: TraceInput): string {
  switch (kind) {
    case 'first seen':
      return `First seen at source ${article.sourceId}${delay(article, at)}${
        article.baseline ? '; it stood there before Loa began watching' : ''
      }`;
    case 'revised':
      return `Changed by the newsroom (revision ${revision})${detail ? `: ${detail}` : ''}`;
    case 'ready':
      return `Ready for feeds and channels${revision > 1 ? ` (revision ${revision})` : ''}${photoCount(photos)}`;
    case 'held':
      return 'Held by a person: out of every feed, nothing of it is posted';
    case 'released':
      return 'Released by a person';
    case 'withdrawn':
      return `Withdrawn${detail ? `: ${detail}` : ''}`;
  }
}

function delay({ publishedAt }: StoredArticle, at: number): string {
  const after = at - Date.parse(publishedAt ?? '');
  return after > 0 ? `, ${formatDuration(after)} after its publication` : '';
}

function photoCount(photos: readonly PhotoRecord[]): string {
  if (photos.length === 0) return ', no photos';
  const done = photos.filter((photo) => photo.renditions.length > 0).length;
  return done === photos.length ? `, photos: ${done}` : `, photos: ${done} of ${photos.length}`;
}

function photoSentence({ position, failure }: PhotoRecord): string[] {
  return failure === null ? [] : [`Photo ${position + 1} is left out: ${failure}`];
}

function attemptSentence(attempt: Attempt, deliveries: readonly Delivery[]): string {
  const { deliveryId, number, startedAt, endedAt, result, detail } = attempt;
  const delivery = deliveries.find(({ id }) => id === deliveryId);
  const what = { create: 'post', edit: 'correction', withdraw: 'taking back' }[delivery?.op ?? 'create'];
  const took = endedAt === null ? '' : ` after ${formatDuration(endedAt - startedAt)}`;
  const ended = result === null ? 'not finished' : `${result}${took}`;
  return `Channel ${delivery?.channelId ?? deliveryId}: ${what}, try ${number}: ${ended}${detail ? ` (${detail})` : ''}`;
}

function channelSentences(id: string, deliveries: readonly Delivery[], now: number, zone: string): string[] {
  const own = deliveries.filter(({ channelId }) => channelId === id).sort((a, b) => a.createdAt - b.createdAt);
  const sentences = own.map((delivery) => {
    const url = delivery.op === 'create' ? delivery.remote?.url : null;
    return `${deliverySentence(delivery, now, zone)}${url ? ` (${url})` : ''}`;
  });
  const told = sentences.length > 0 ? sentences : [channelStanding([], now, zone).text];
  return told.map((sentence) => `Channel ${id}: ${sentence}`);
}
