/** Articles are read on threads of their own: a page that takes seconds costs itself and holds nothing else up. */
import type { ReadContext, ReadingSigns } from '#src/articles/draft.ts';
import { type ReadingThread, startThread } from '#src/articles/reading-thread.ts';
import type { Article } from '#src/core/article.ts';
import { UserError } from '#src/core/errors.ts';
import type { RawArticle } from '#src/core/raw-article.ts';
import type { Clock, Log } from '#src/core/tools.ts';

export interface ArticleReader {
  /**
   * As `readArticle` does; `tell` hears how the page was read, before the answer. Throws a `UserError` for a page that
   * asks for more than it may.
   */
  read(
    raw: Exclude<RawArticle, { kind: 'gone' }>,
    context: ReadContext,
    tell?: (signs: ReadingSigns) => void,
  ): Promise<Article>;
  /** Ends the threads, in the middle of a page too. */
  close(): Promise<void>;
}

export interface ArticleReaderOptions {
  /** Milliseconds of computing that one page may take. Default 5 s: long pages take a tenth of that on a slow machine. */
  limit?: number;
  /** Milliseconds after which an unused thread ends. Default 20 s. */
  idle?: number;
  /** Default 2: a page that takes its whole time holds up none of the others. */
  threads?: number;
  log: Log;
  clock: Clock;
}

/** What follows (feeds, posts, pages) works on whole texts; a hundred times a long article. */
const longestHtml = 1_000_000;

/** How many times the limit may pass on a busy machine. */
const mostPatience = 4;

interface Place {
  thread: ReadingThread | null;
  rest: AbortController | null;
}

/** A thread starts with a page that finds none free, and ends when there are none for it. */
export function createArticleReader(options: ArticleReaderOptions): ArticleReader {
  const { limit = 5_000, idle = 20_000, threads = 2, log, clock } = options;
  const places = Array.from({ length: threads }, (): Place => ({ thread: null, rest: null }));
  const free = [...places];
  const waiting: ((place: Place) => void)[] = [];
  let closed = false;

  async function readAt(place: Place, ...[raw, context, tell]: Parameters<ArticleReader['read']>): Promise<Article> {
    place.rest?.abort();
    const name = (raw.kind === 'page' && raw.url) || raw.hints.headline?.slice(0, 120) || 'the text';
    const current = await begin(place);
    const done = new AbortController();
    const late = untilLate(current, done.signal).catch(() => 'late' as const);
    const answer = await Promise.race([current.ask({ raw, context }), late]).finally(() => done.abort());
    if (answer === 'late' || answer.kind === 'ended') {
      await current.end();
      place.thread = null;
      if (closed) throw stopping();
      if (answer === 'late') throw tooMuch(name, `takes longer than ${limit / 1000} seconds to read`);
      if (/memory/.test(answer.how)) throw tooMuch(name, 'takes more memory to read than one article may');
      throw tooMuch(name, `ended the thread that reads (${answer.how})`);
    }
    letRest(place, current);
    if (answer.kind === 'failed') throw new Error(`${name} could not be read: ${answer.message}`);
    if (answer.article.html.length > longestHtml) {
      throw tooMuch(name, `holds a text of more than ${longestHtml / 1_000_000} million characters`);
    }
    tell?.(answer.signs);
    return answer.article;
  }

  /** What counts is its own work: a machine that is busy with others costs no article. */
  async function untilLate(thread: ReadingThread, signal: AbortSignal): Promise<'late'> {
    const before = await thread.worked();
    const end = clock.monotonic() + mostPatience * limit;
    for (let left = limit; left > 0; left = limit - ((await thread.worked()) - before)) {
      const rest = end - clock.monotonic();
      if (rest <= 0) break;
      await clock.sleep(Math.min(Math.max(left, 100), rest), signal);
    }
    return 'late';
  }

  async function begin(place: Place): Promise<ReadingThread> {
    if (closed) throw stopping();
    if (place.thread) return place.thread;
    const started = startThread();
    place.thread = started;
    if (await started.ready) return started;
    place.thread = null;
    throw closed ? stopping() : new Error(`the thread that reads articles did not start: ${await started.ended}`);
  }

  function letRest(place: Place, current: ReadingThread): void {
    place.rest = new AbortController();
    clock.sleep(idle, place.rest.signal).then(
      () => {
        if (place.thread === current) place.thread = null;
        log.debug('Reading thread let go');
        return current.end();
      },
      () => {},
    );
  }

  return {
    async read(raw, context, tell) {
      // The place left last has a warm thread.
      const place = free.pop() ?? (await new Promise<Place>((resolve) => waiting.push(resolve)));
      try {
        return await readAt(place, raw, context, tell);
      } finally {
        const next = waiting.shift();
        if (next) next(place);
        else free.push(place);
      }
    },
    async close() {
      closed = true;
      for (const { rest } of places) rest?.abort();
      await Promise.all(places.map(({ thread }) => thread?.end()));
    },
  };
}

function tooMuch(name: string, what: string): UserError {
  return new UserError(`${name} ${what}`, {
    next: 'Ask whoever runs the site what is in that page; to carry the article all the same, paste its text into a folder source.',
  });
}

function stopping(): Error {
  return new Error('Loa is stopping; the article is read after the next start');
}
