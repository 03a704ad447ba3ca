import type { Sending } from '#src/channels/channel.ts';
import type { Post } from '#src/core/post.ts';

/** A composed post, for tests of channels. */
export function somePost(change: Partial<Post> = {}): Post {
  const link = 'https://bao.example/thoi-su/duong-deo?utm_source=loa';
  return {
    article: {
      id: 'k3m9x2p7qa',
      revision: 1,
      headline: 'Mở lại đường đèo Sơn Thủy & chợ phiên',
      summary: 'Xe khách đầu tiên qua đèo Sơn Thủy.',
      byline: ['Hoàng Huấn', 'Phương Dung'],
      section: 'Thời sự',
      tags: ['giao thông'],
      url: 'https://bao.example/thoi-su/duong-deo',
      publishedAt: '2026-11-25T07:50:00.000Z',
      updatedAt: null,
    },
    segments: [
      { kind: 'text', text: 'Mở lại đường đèo Sơn Thủy & chợ phiên\n\n' },
      { kind: 'link', text: link, url: link },
      { kind: 'text', text: '\n' },
      { kind: 'hashtag', text: '#GiaoThông' },
    ],
    link,
    photos: [],
    language: 'vi',
    notes: [],
    ...change,
  };
}

/** What a delivery hands over for a first post. */
export function someSending(change: Partial<Sending<any>> = {}): Sending<any> {
  return {
    key: '0f1e2d3c4b5a69788796a5b4c3d2e1f001234567',
    post: somePost(),
    prepared: null,
    remote: null,
    part: '',
    at: '2026-11-25T08:00:00.000Z',
    ...change,
  };
}
