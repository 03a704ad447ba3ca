/** Articles of a newsroom's usual length, all different. */
import type { StoredArticle } from '#src/core/article.ts';
import type { PhotoRecord } from '#src/core/rendition.ts';
import { storedArticle } from '#tests/fakes/stored-article.ts';

const widths = [320, 640, 960, 1280, 1920];
const sentences = [
  'Sáng nay, chuyến đò đầu tiên rời bến Cồn Én sau hai tuần nước lớn.',
  'Bà con hai bên sông chở gạo, chuối và thư từ qua trước tám giờ.',
  'Ông lái đò nói nước đã rút “hơn một gang tay” so với hôm kia & còn rút nữa.',
  'Trường tiểu học ở đầu cồn mở cửa lại; lớp bốn học ngoài hiên vì sàn còn ướt.',
  'Theo bảng ghi ở trạm, mực nước lúc 6 giờ là 2,41 m, thấp hơn mức báo động một.',
];

/** `count` articles, newest first, whose entries take about `bytes` in a feed; each with two captioned photos. */
export function longArticles(count: number, bytes: number): StoredArticle[] {
  return Array.from({ length: count }, (_, index) => longArticle(index, bytes));
}

function longArticle(index: number, bytes: number): StoredArticle {
  const id = `a${String(index).padStart(9, '0')}`;
  const published = new Date(Date.parse('2026-11-25T02:30:00Z') - index * 60_000).toISOString();
  const photos = [0, 1].map((position) => ({
    url: `https://bao.example/anh/${id}-${position}.jpg?w=2400&q=80`,
    caption: `Đò cập bến Cồn Én, lượt ${index}.${position}`,
    credit: 'Hoàng Huấn',
    alt: 'Một chiếc đò gỗ chở xe máy',
    width: 2400,
    height: 1600,
  }));
  const figures = photos.map(
    ({ url, caption, alt }) =>
      `<figure><img src="${url.replace('&', '&amp;')}" alt="${alt}"><figcaption>${caption}</figcaption></figure>`,
  );
  const paragraphs: string[] = [];
  // What stands around the text takes about 1,800 bytes.
  for (let at = 0, left = bytes - 1800; left > 0; at++) {
    const paragraph = [0, 1, 2].map((next) => sentences[(index + at + next) % sentences.length]).join(' ');
    paragraphs.push(`${at + 1}. ${paragraph}`);
    // The tags around it are written with character references.
    left -= Buffer.byteLength(paragraph) + 40;
  }
  const html = paragraphs.map((text) => `<p>${text.replace('&', '&amp;')}</p>`);
  return storedArticle({
    id,
    entryId: `tag:bao.example,2026-11-25:${id}`,
    headline: `Đò Cồn Én chạy lại, chuyến ${index + 1}`,
    lead: sentences[0]!,
    url: `https://bao.example/doi-song/do-con-en-${index}`,
    publishedAt: published,
    firstSeenAt: published,
    revisedAt: published,
    dateline: null,
    photos,
    html: [html[0], figures[0], ...html.slice(1), figures[1]].join('\n'),
    text: paragraphs.join('\n\n'),
  });
}

/** Its photos, rendered in five widths. */
export function longArticlePhotos(article: StoredArticle): PhotoRecord[] {
  return article.photos.map(({ url, width, height }, position) => ({
    articleId: article.id,
    position,
    url: url ?? '',
    hash: `${article.id}${position}`.repeat(4).slice(0, 40),
    width,
    height,
    renditions: widths.map((size) => ({ width: size, height: (size * 2) / 3, format: 'jpeg', bytes: size * 90 })),
    failure: null,
  }));
}
