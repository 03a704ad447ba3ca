import type { Http, Log } from '#src/core/tools.ts';
import type { Robots, SourceTools } from '#src/sources/source.ts';
import type { ManualClock } from '#tests/fakes/manual-clock.ts';

const log: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export function testSourceTools(http: Http, clock: ManualClock): SourceTools {
  const site = { name: 'Báo Ví Dụ', url: 'https://bao.example', language: 'vi', timezone: 'Asia/Ho_Chi_Minh' };
  const robots: Robots = {
    allows: async () => true,
    verdict: async () => 'allowed',
    sitemaps: async () => [],
    delay: async () => 0,
    turn: async () => ({ wait: 0, isMine: true }),
  };
  return { http, log, clock, site, robots, signal: new AbortController().signal };
}

export interface FeedItem {
  id?: string | null;
  url?: string;
  title: string;
  content?: string;
  summary?: string;
  day?: number;
  more?: string;
}

/** An RSS feed out of a few words. */
export function rss(items: FeedItem[], more = ''): string {
  const entries = items.map(({ id, url, title, content, summary, day, more: extra = '' }) =>
    [
      `<item><title>${title}</title>`,
      url && `<link>${url}</link>`,
      id && `<guid isPermaLink="false">${id}</guid>`,
      day && `<pubDate>${new Date(Date.UTC(2026, 10, day, 3)).toUTCString()}</pubDate>`,
      summary && `<description><![CDATA[${summary}]]></description>`,
      content && `<content:encoded><![CDATA[${content}]]></content:encoded>`,
      `${extra}</item>`,
    ]
      .filter(Boolean)
      .join(''),
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:at="http://purl.org/atompub/tombstones/1.0">
<channel><title>Báo Ví Dụ</title><link>https://bao.example</link>${more}${entries.join('\n')}</channel></rss>`;
}
