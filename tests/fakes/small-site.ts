/** Whole small sites over real HTTP, for whoever begins with nothing but an address. */
import iconv from 'iconv-lite';
import { answer, type FeedServer, redirect, startFeedServer } from '#tests/fakes/feed-server.ts';

export interface SiteStory {
  slug: string;
  headline: string;
  section: string;
  paragraphs: string[];
  /** Null: the story has no photo. */
  caption: string | null;
  byline: string;
  publishedAt: Date;
}

const villages = ['Nà Mười', 'Pá Hu', 'Suối Cạn', 'Bản Chặng', 'Nà Hin', 'Tà Lèng', 'Khau Vai', 'Mường Pồn'];
const hour = 3_600_000;

/** The newest first, an hour apart; every third is in another section. */
export function siteStories(count = 12, now = Date.now()): SiteStory[] {
  return Array.from({ length: count }, (_, index) => {
    const village = villages[index % villages.length]!;
    return {
      slug: `nha-moi-${count - index}`,
      headline: `Thôn ${village} có nhà sinh hoạt mới số ${count - index}`,
      section: index % 3 === 2 ? 'Văn hóa' : 'Đời sống',
      paragraphs: [
        `Chiều 24/11, thôn ${village} khánh thành nhà sinh hoạt cộng đồng rộng hai trăm mét vuông sau năm tháng thi công.`,
        'Công trình do người dân góp gần bốn trăm ngày công, phần vật liệu lấy từ quỹ của xã và hai hợp tác xã trong vùng.',
        'Từ tuần sau, lớp xóa mù chữ buổi tối sẽ chuyển về đây, gần nhà của phần lớn học viên hơn trước.',
      ],
      caption: `Người dân ${village} trong ngày khánh thành. Ảnh: Thu An`,
      byline: 'THU AN - QUỐC BẢO',
      publishedAt: new Date(now - (index + 1) * hour),
    };
  });
}

export const storyPath = ({ slug }: SiteStory): string => `/doi-song/${slug}.html`;

export function storyPage(story: SiteStory): string {
  const photo = `<img src="/anh/${story.slug}.jpg" width="1200" height="800">`;
  return `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>${story.headline} - Báo Bản Làng</title>
<meta property="og:type" content="article"><meta property="article:section" content="${story.section}">
<meta property="article:published_time" content="${story.publishedAt.toISOString()}"></head>
<body><nav><a href="/">Trang chủ</a></nav><article><h1>${story.headline}</h1>
${story.paragraphs.map((text) => `<p>${text}</p>`).join('\n')}
${story.caption === null ? '' : `<figure>${photo}<figcaption>${story.caption}</figcaption></figure>`}
<p style="text-align:right"><strong>${story.byline}</strong></p></article></body></html>`;
}

export function frontPage(
  stories: readonly SiteStory[],
  { head = '', lang = 'vi', name = 'Báo Bản Làng' } = {},
): string {
  const teasers = stories.map((story) => {
    return `<div class="tin"><h3><a href="${storyPath(story)}">${story.headline}</a></h3><p>${story.paragraphs[1]}</p></div>`;
  });
  return `<!doctype html><html${lang && ` lang="${lang}"`}><head><meta charset="utf-8"><title>Trang chủ - ${name}</title>
${head}</head><body><nav><a href="/gioi-thieu">Giới thiệu</a></nav><main>${teasers.join('\n')}</main></body></html>`;
}

export function siteFeed(stories: readonly SiteStory[], site: string): string {
  const items = stories.map((story) => {
    return `<item><title>${story.headline}</title><link>${site}${storyPath(story)}</link><guid isPermaLink="false">${story.slug}</guid>
<pubDate>${story.publishedAt.toUTCString()}</pubDate><description>${story.paragraphs[1]}</description></item>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Báo Bản Làng</title><link>${site}/</link>
<description>Tin mới</description>${items.join('')}</channel></rss>`;
}

function siteSitemap(stories: readonly SiteStory[], site: string): string {
  const urls = stories.map((story) => {
    return `<url><loc>${site}${storyPath(story)}</loc><lastmod>${story.publishedAt.toISOString()}</lastmod></url>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls.join('')}</urlset>`;
}

export interface SiteParts {
  /** Named in the front page's head. */
  feed?: boolean;
  sitemap?: boolean;
  robots?: string;
  /** In place of the page that lists the stories. */
  front?: string;
  /** What pages are sent in. */
  charset?: 'utf-8' | 'windows-1258';
  stories?: SiteStory[];
}

/** A site with articles, and the parts that are named. */
export async function startSmallSite(parts: SiteParts = {}): Promise<FeedServer> {
  const server = await startFeedServer();
  const { stories = siteStories(), charset = 'utf-8', front, robots } = parts;
  const send = (type: string, text: string) => answer(200, text, { 'content-type': type });
  const html = (text: string) => {
    const bytes = encode(text.replace('charset="utf-8"', `charset="${charset}"`), charset);
    return answer(200, bytes, { 'content-type': 'text/html' });
  };
  const head = parts.feed ? '<link rel="alternate" type="application/rss+xml" title="Tin mới" href="/rss">' : '';
  const name = '<meta property="og:site_name" content="Báo Bản Làng">';
  server.on('/', html(front ?? frontPage(stories, { head: `${head}${name}` })));
  for (const story of stories) server.on(storyPath(story), html(storyPage(story)));
  if (parts.feed) server.on('/rss', send('application/rss+xml', siteFeed(stories, server.url)));
  if (parts.sitemap) server.on('/sitemap.xml', send('application/xml', siteSitemap(stories, server.url)));
  if (robots !== undefined) server.on('/robots.txt', send('text/plain', robots));
  return server;
}

/** A site that only leads to another address. */
export async function startRedirect(to: string, status = 301): Promise<FeedServer> {
  const server = await startFeedServer();
  server.on('/', redirect(status, to));
  return server;
}

/** windows-1258 writes tones as marks of their own, after the letter. */
function encode(text: string, charset: string): Uint8Array {
  if (charset === 'utf-8') return Buffer.from(text);
  const letters = [...text.normalize('NFC')].map((letter) => {
    const [tone] = letter.normalize('NFD').match(/[\u0300\u0301\u0303\u0309\u0323]/) ?? [];
    return tone ? letter.normalize('NFD').replace(tone, '').normalize('NFC') + tone : letter;
  });
  return iconv.encode(letters.join(''), charset);
}
