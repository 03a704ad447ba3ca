/** The post of `loa channel test`: says what it is, to whoever sees it in the seconds that it stands. */
import type { Post } from '#src/core/post.ts';
import type { SiteSettings } from '#src/core/settings.ts';

export function testPost(site: SiteSettings, channelId: string): Post {
  const isVietnamese = site.language.startsWith('vi');
  const headline = isVietnamese ? `Loa: thử kênh ${channelId}` : `Loa: a test of the channel ${channelId}`;
  const summary = isVietnamese ? 'Bài này được gỡ ngay.' : 'This post is taken back at once.';
  return {
    article: {
      id: 'test',
      revision: 1,
      headline,
      summary,
      byline: [],
      section: null,
      tags: [],
      url: site.url,
      publishedAt: null,
      updatedAt: null,
    },
    segments: [
      { kind: 'text', text: `${headline}\n${summary}\n\n` },
      { kind: 'link', text: site.url, url: site.url },
    ],
    link: site.url,
    photos: [],
    language: isVietnamese ? 'vi' : 'en',
    notes: [],
  };
}
