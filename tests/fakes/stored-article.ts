/** Articles and photo records as the ledger gives them, for tests that need some and care about few fields. */
import type { StoredArticle } from '#src/core/article.ts';
import type { PhotoRecord } from '#src/core/rendition.ts';

/** A provincial story with two captioned photos. */
export function storedArticle(change: Partial<StoredArticle> = {}): StoredArticle {
  const id = change.id ?? 'k3m9x2p7qa';
  return {
    id,
    entryId: `tag:bao.example,2026-11-25:${id}`,
    revision: 1,
    state: 'live',
    sourceId: 'portal',
    firstSeenAt: '2026-11-25T02:31:10.000Z',
    revisedAt: '2026-11-25T02:31:10.000Z',
    baseline: false,
    readyRevision: 1,
    url: 'https://bao.example/thời-sự/đường-đèo?id=7',
    headline: 'Mở lại đường đèo Sơn Thủy & chợ phiên sau ba ngày sạt lở',
    lead: 'Sáng 25/11, xe khách đầu tiên qua đèo Sơn Thủy. Chợ phiên họp lại từ chiều cùng ngày.',
    byline: ['Hoàng Huấn', 'Phương Dung'],
    bylinePrinted: 'HOÀNG HUẤN - PHƯƠNG DUNG',
    dateline: { text: 'Sáng 25/11', date: '2026-11-25' },
    language: 'vi',
    section: 'Thời sự',
    tags: ['giao thông', 'miền núi'],
    publishedAt: '2026-11-25T02:30:00.000Z',
    updatedAt: null,
    photos: [
      {
        url: 'https://bao.example/anh/deo.jpg?a=1&b=2',
        caption: 'Xe khách qua đoạn đường vừa thông. Ảnh: Hoàng Huấn',
        credit: 'Hoàng Huấn',
        alt: 'Xe khách trên đèo',
        width: 2400,
        height: 1600,
      },
      {
        url: 'https://bao.example/anh/cho.jpg',
        caption: 'Chợ phiên "mở lại" < một buổi sáng >',
        credit: null,
        alt: null,
        width: 900,
        height: 1200,
      },
    ],
    attachments: [],
    html:
      '<p>Sáng 25/11, xe khách đầu tiên qua đèo Sơn Thủy.</p>' +
      '<figure><img src="https://bao.example/anh/deo.jpg?a=1&amp;b=2" alt="Xe khách trên đèo">' +
      '<figcaption>Xe khách qua đoạn đường vừa thông. Ảnh: Hoàng Huấn</figcaption></figure>' +
      '<p>Chợ phiên họp lại từ chiều &amp; kéo dài tới tối.</p>' +
      '<figure><img src="https://bao.example/anh/cho.jpg" alt="">' +
      '<figcaption>Chợ phiên &quot;mở lại&quot; &lt; một buổi sáng &gt;</figcaption></figure>',
    text: 'Sáng 25/11, xe khách đầu tiên qua đèo Sơn Thủy.\n\nChợ phiên họp lại từ chiều & kéo dài tới tối.',
    removed: [],
    doubts: [],
    ...change,
  };
}

/** The records of its photos, rendered in two widths. */
export function photoRecords(article: StoredArticle): PhotoRecord[] {
  return article.photos.flatMap((photo, position) => {
    if (photo.url === null) return [];
    const hash = `${position}`.repeat(4).padEnd(40, 'ab12');
    const [width, height] = [photo.width ?? 1200, photo.height ?? 800];
    const wide = Math.min(width, 1280);
    const sizes = [320, wide].map((size) => ({
      width: size,
      height: Math.round((size * height) / width),
      format: 'jpeg' as const,
      bytes: size * 90,
    }));
    const webp = { ...sizes[0]!, format: 'webp' as const, bytes: 9000 };
    const renditions = [...sizes, webp];
    return [{ articleId: article.id, position, url: photo.url, hash, width, height, renditions, failure: null }];
  });
}
