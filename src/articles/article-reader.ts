/** Articles are read on a thread of their own: a page that takes seconds costs itself and holds nothing else up. */
import type { ReadContext } from '#src/articles/draft.ts';
import { type ReadingThread, startThread } from '#src/articles/reading-thread.ts';
import type { Article } from '#src/core/article.ts';
import { UserError } from '#src/core/errors.ts';
import type { RawArticle } from '#src/core/raw-article.ts';
import type { Clock, Log } from '#src/core/tools.ts';

export interface ArticleReader {
  /** As `readArticle` does, one after another. Throws a `UserError` for a page that asks for more than it may. */
  read(raw: Exclude<RawArticle, { kind: 'gone' }>, context: ReadContext): Promise<Article>;
  /** Ends the thread, in the middle of a page too. */
  close(): Promise<void>;
}

export interface ArticleReaderOptions {
  /** Milliseconds one page may take. Default 5 s: long pages take a tenth of that on a slow machine. */
  limit?: number;
  /** Milliseconds after which the unused thread ends. Default 20 s. */
  idle?: number;
  log: Log;
  clock: Clock;
}

/** What follows (feeds, posts, pages) works on whole texts; a hundred times a long article. */
const longestHtml = 1_000_000;

/** The thread starts with the first page and ends when there are none. */
export function createArticleReader({ limit = 5_000, idle = 20_000, log, clock }: ArticleReaderOptions): ArticleReader {
  let thread: ReadingThread | null = null;
  let rest: AbortController | null = null;
  let before: Promise<unknown> = Promise.resolve();
  let closed = false;

  async function readNext(...[raw, context]: Parameters<ArticleReader['read']>): Promise<Article> {
    rest?.abort();
    const name = (raw.kind === 'page' && raw.url) || raw.hints.headline?.slice(0, 120) || 'the text';
    const current = await begin();
    const done = new AbortController();
    const late = clock.sleep(limit, done.signal).then(
      () => 'late' as const,
      () => 'late' as const,
    );
    const answer = await Promise.race([current.ask({ raw, context }), late]).finally(() => done.abort());
    if (answer === 'late' || answer.kind === 'ended') {
      await current.end();
      thread = null;
      if (closed) throw stopping();
      if (answer === 'late') throw tooMuch(name, `takes longer than ${limit / 1000} seconds to read`);
      if (/memory/.test(answer.how)) throw tooMuch(name, 'takes more memory to read than one article may');
      throw tooMuch(name, `ended the thread that reads (${answer.how})`);
    }
    letRest(current);
    if (answer.kind === 'failed') throw new Error(`${name} could not be read: ${answer.message}`);
    if (answer.article.html.length > longestHtml) {
      throw tooMuch(name, `holds a text of more than ${longestHtml / 1_000_000} million characters`);
    }
    return answer.article;
  }

  async function begin(): Promise<ReadingThread> {
    if (closed) throw stopping();
    if (thread) return thread;
    const started = startThread();
    thread = started;
    if (await started.ready) return started;
    thread = null;
    throw closed ? stopping() : new Error(`the thread that reads articles did not start: ${await started.ended}`);
  }

  function letRest(current: ReadingThread): void {
    rest = new AbortController();
    clock.sleep(idle, rest.signal).then(
      () => {
        if (thread === current) thread = null;
        log.debug('Reading thread let go');
        return current.end();
      },
      () => {},
    );
  }

  return {
    read(raw, context) {
      const reading = before.then(() => readNext(raw, context));
      before = reading.catch(() => {});
      return reading;
    },
    async close() {
      closed = true;
      rest?.abort();
      await thread?.end();
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
