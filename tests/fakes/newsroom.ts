/** A newsroom's site on loopback, over real HTTP: an RSS feed of summaries, article pages, photos. */
import sharp from 'sharp';
import { type Served, serve } from '#src/net/serve.ts';

export interface Story {
  slug: string;
  /** Its slug when left out. */
  guid?: string;
  headline: string;
  sapo: string;
  paragraphs: string[];
  byline: string;
  /** Captions; the n-th photo is at `/photo/SLUG-N.jpg`. */
  captions: string[];
  section: string;
  /** Milliseconds. */
  publishedAt: number;
}

export interface FakeNewsroom extends Served {
  stories: Story[];
  /** Slugs whose pages answer 410. */
  gone: Set<string>;
  /** Paths that answer with this status instead. */
  broken: Map<string, number>;
  /** Paths asked for, in order. */
  requests: string[];
  /** Resolves with the next request whose path matches, before it is answered. */
  asked(path: RegExp): Promise<void>;
}

export function story(slug: string, more: Partial<Story> = {}): Story {
  return {
    slug,
    headline: `Khánh thành trạm bơm ${slug}`,
    sapo: `Sáng 25/11, trạm bơm ${slug} bắt đầu cấp nước cho 310 hộ dân ở bốn thôn ven suối.`,
    paragraphs: [
      'Công trình gồm hai máy bơm và 4,2 ki-lô-mét ống dẫn, làm trong bảy tháng với kinh phí 5,6 tỷ đồng.',
      'Mỗi hộ đóng góp ba ngày công đào rãnh; phần còn lại do ngân sách huyện chi trả.',
    ],
    byline: 'THU AN - QUỐC BẢO',
    captions: ['Người dân thử nước tại bể chứa. Ảnh: Thu An', 'Trạm bơm nhìn từ cầu treo. Ảnh: Quốc Bảo'],
    section: 'Thời sự',
    publishedAt: Date.now() - 60_000,
    ...more,
  };
}

export async function startNewsroom(stories: Story[] = [], port = 0): Promise<FakeNewsroom> {
  const photo = await sharp({ create: { width: 1600, height: 1200, channels: 3, background: '#3a7' } })
    .jpeg()
    .toBuffer();
  const room = { stories, gone: new Set<string>(), broken: new Map<string, number>(), requests: [] as string[] };
  const watchers = new Set<{ path: RegExp; resolve: () => void }>();
  const served = await serve(
    (request, response) => {
      const path = request.url ?? '/';
      room.requests.push(path);
      for (const watcher of watchers) {
        if (!watcher.path.test(path)) continue;
        watchers.delete(watcher);
        watcher.resolve();
      }
      const send = (status: number, type: string, body: string | Buffer): void => {
        response.writeHead(status, { 'content-type': type }).end(body);
      };
      const site = `http://${request.headers.host}`;
      const status = room.broken.get(path);
      if (status) return send(status, 'text/plain', 'broken');
      if (path === '/rss') return send(200, 'application/rss+xml', rss(room.stories, site));
      const slug = path.replace('/bai/', '');
      if (room.gone.has(slug)) return send(410, 'text/plain', 'gone');
      const found = room.stories.find((one) => `/bai/${one.slug}` === path);
      if (found) return send(200, 'text/html; charset=utf-8', page(found));
      if (/^\/photo\/[\w-]+\.jpg$/.test(path)) return send(200, 'image/jpeg', photo);
      return send(404, 'text/plain', 'not found');
    },
    { port },
  );
  const asked = (path: RegExp) => new Promise<void>((resolve) => void watchers.add({ path, resolve }));
  return Object.assign(room, served, { asked });
}

function rss(stories: readonly Story[], site: string): string {
  const items = stories.map(
    (one) => `<item><title>${one.headline}</title><link>${site}/bai/${one.slug}</link>
<guid isPermaLink="false">${one.guid ?? one.slug}</guid><category>${one.section}</category>
<pubDate>${new Date(one.publishedAt).toUTCString()}</pubDate><description>${one.sapo}</description></item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Báo Thử</title>
<link>${site}/</link><description>Thử</description>${items.join('')}</channel></rss>`;
}

function page(one: Story): string {
  const figures = one.captions.map(
    (caption, index) =>
      `<figure><img src="/photo/${one.slug}-${index}.jpg" width="1600" height="1200"><figcaption>${caption}</figcaption></figure>`,
  );
  return `<!doctype html><html lang="vi"><head><title>${one.headline}</title>
<meta property="article:section" content="${one.section}">
<meta property="article:published_time" content="${new Date(one.publishedAt).toISOString()}"></head>
<body><nav><a href="/">Trang chủ</a></nav><article><h1>${one.headline}</h1><p class="sapo">${one.sapo}</p>
<div class="content">${one.paragraphs.map((text, index) => `<p>${text}</p>${figures[index] ?? ''}`).join('\n')}
<p style="text-align:right"><strong>${one.byline}</strong></p></div>
<h3>Các tin khác cùng mục</h3><ul><li><a href="/bai/khac">Tin khác</a></li></ul></article></body></html>`;
}
