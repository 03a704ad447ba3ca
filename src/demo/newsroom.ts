import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '#src/core/tools.ts';
import { parseSampleArticle, type SampleArticle } from '#src/demo/article-file.ts';
import { type DeskPlan, deskAt } from '#src/demo/desk.ts';
import { articlePage, feedPage, frontPage, noticePage } from '#src/demo/pages.ts';
import { type Served, serve } from '#src/net/serve.ts';

export interface Newsroom {
  /** `http://127.0.0.1:PORT`. */
  url: string;
  port: number;
  /** When the desk stops publishing; milliseconds. It begins when it is first asked for anything. */
  readonly endsAt: number;
  close(): Promise<void>;
}

/** Starts the sample site on loopback. `folder` holds `articles/` and `photos/`; `port` 0 takes any. */
export async function startNewsroom(options: {
  folder: string;
  port: number;
  plan: DeskPlan;
  /** When it began; null for one that has yet to: then `onBegin` is told. */
  startedAt: number | null;
  onBegin?: (startedAt: number) => void;
  clock: Clock;
}): Promise<Newsroom> {
  const { folder, plan, clock } = options;
  const articles = await loadArticles(join(folder, 'articles'));
  let { startedAt } = options;
  // A slow machine's start must not swallow its first articles.
  const begin = (): number => {
    const now = clock.now();
    options.onBegin?.(now);
    return now;
  };
  const deskNow = () => {
    startedAt ??= begin();
    return deskAt(articles, plan, startedAt, clock.now());
  };
  let served: Served;

  const answer = async (path: string): Promise<Answer> => {
    const desk = deskNow();
    if (path === '/') return html(frontPage(desk.articles));
    if (path === '/rss')
      return { status: 200, type: 'application/rss+xml; charset=utf-8', body: feedPage(desk.articles, served.url) };
    const slug = /^\/bai\/([\w-]+)$/.exec(path)?.[1];
    if (slug && desk.withdrawn.includes(slug)) return html(noticePage('Bài đã được gỡ'), 410);
    const article = desk.articles.find((one) => one.slug === slug);
    if (article) return html(articlePage(article, desk.articles, served.url));
    const photo = /^\/anh\/([\w-]+\.jpg)$/.exec(path)?.[1];
    if (photo) return { status: 200, type: 'image/jpeg', body: await readFile(join(folder, 'photos', photo)) };
    return html(noticePage('Không tìm thấy trang'), 404);
  };

  served = await serve(
    (request, response) => {
      const path = new URL(request.url ?? '/', 'http://demo').pathname;
      answer(path)
        .catch(() => html(noticePage('Trang đang có lỗi'), 500))
        .then(({ status, type, body }) => response.writeHead(status, { 'content-type': type }).end(body));
    },
    { host: '127.0.0.1', port: options.port },
  );
  return {
    url: served.url,
    port: served.port,
    get endsAt() {
      return deskNow().endsAt;
    },
    close: () => served.close(),
  };
}

interface Answer {
  status: number;
  type: string;
  body: string | Uint8Array;
}

const html = (body: string, status = 200): Answer => ({ status, type: 'text/html; charset=utf-8', body });

/** In order of publication, which is the order of their names. */
async function loadArticles(folder: string): Promise<SampleArticle[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.txt')).sort();
  return Promise.all(
    names.map(async (name) =>
      parseSampleArticle(name.replace(/^\d+-|\.txt$/g, ''), await readFile(join(folder, name), 'utf8')),
    ),
  );
}
