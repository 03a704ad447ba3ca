import { formatDuration } from '#src/core/time.ts';
import type { Clock, Journal, JournalEvent, Log } from '#src/core/tools.ts';

interface Story {
  line: string;
  seenAt: number;
  /** Whether builds of feeds hold it by now. */
  ready: boolean;
  photos: number;
  failedPhotos: number;
  /** Feeds and channels that have yet to report. */
  feeds: Set<string>;
  channels: Set<string>;
  feedCount: number;
  posted: Set<string>;
}

/** Whoever works on it elsewhere has told the rest there. Milliseconds. */
const patience = 600_000;

/**
 * Joins what the jobs report of one article into one line, written once its feeds stand and every channel has answered:
 * `new article "…": 3 feeds, 4 photos, posted to board, 1.4 s`. Where other processes do a part of the work
 * (`shared`), each tells what it did itself, as it happens.
 */
export function createJournal(log: Log, clock: Clock, { shared = false }: { shared?: boolean } = {}): Journal {
  const stories = new Map<string, Story>();
  /** What was told of an article since it was last found: of two hundred readers' mails one is enough. */
  const told = new Map<string, Set<string>>();

  const finish = (articleId: string, story: Story): void => {
    const isWaiting = story.feeds.size > 0 || story.channels.size > 0;
    if (isWaiting && !shared && clock.now() - story.seenAt < patience) return;
    stories.delete(articleId);
    if (told.size > 1000) told.clear();
    told.set(articleId, new Set(story.posted));
    log.info(`${story.line}: ${tell(story)}, ${formatDuration(clock.now() - story.seenAt)}`, { articleId });
  };

  return {
    note(event) {
      for (const [articleId, story] of stories) if (clock.now() - story.seenAt >= patience) finish(articleId, story);
      if (event.kind === 'poll' || event.kind === 'push' || event.kind === 'attempt') return;
      if (event.kind === 'feed') {
        if (event.error !== null) return;
        for (const [articleId, story] of stories) {
          if (story.ready && story.feeds.delete(event.feedId)) finish(articleId, story);
        }
        return;
      }
      if (event.kind === 'article' || event.kind === 'withdrawn') {
        // Baseline articles are counted by the start-up line, not told one by one.
        if (event.kind === 'article' && event.baseline && event.revision === 1) return;
        if (stories.size > 1000) stories.clear();
        const story = begin(event);
        stories.set(event.articleId, story);
        return finish(event.articleId, story);
      }
      const story = stories.get(event.articleId);
      if (!story) {
        if (event.kind !== 'delivery' || event.isRepeat || told.get(event.articleId)?.has(event.text)) return;
        told.get(event.articleId)?.add(event.text);
        log.info(`"${event.headline}": ${event.text}`, { articleId: event.articleId });
        return;
      }
      if (event.kind === 'ready') {
        story.ready = true;
        return;
      }
      if (event.kind === 'photo') {
        if (event.failure) story.failedPhotos++;
        return;
      }
      story.channels.delete(event.channelId);
      story.posted.add(event.text);
      finish(event.articleId, story);
    },
  };
}

type Opening = Extract<JournalEvent, { kind: 'article' | 'withdrawn' }>;

function begin(event: Opening): Story {
  const withdrawn = event.kind === 'withdrawn';
  const name = `"${event.headline}"`;
  const line = withdrawn
    ? `withdrawn ${name}`
    : event.revision === 1
      ? `new article ${name}`
      : `changed article ${name} (${event.changes.join(', ')})`;
  return {
    line,
    seenAt: event.seenAt,
    ready: withdrawn,
    photos: withdrawn ? 0 : event.photos,
    failedPhotos: 0,
    feeds: new Set(event.feeds),
    channels: new Set(event.channels),
    feedCount: event.feeds.length,
    posted: new Set(),
  };
}

function tell(story: Story): string {
  const photos = story.photos - story.failedPhotos;
  const failed = story.failedPhotos ? `${count(story.failedPhotos, 'photo')} left out` : '';
  const feeds = story.feedCount - story.feeds.size;
  return [
    feeds || !story.feedCount ? count(feeds, 'feed') : '',
    story.photos ? count(photos, 'photo') : '',
    failed,
    ...story.posted,
  ]
    .filter(Boolean)
    .join(', ');
}

const count = (many: number, what: string): string => `${many} ${what}${many === 1 ? '' : 's'}`;
