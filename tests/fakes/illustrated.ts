/** An article with photos that are already rendered. */
import type { StoredArticle } from '#src/core/article.ts';
import type { PostPhoto } from '#src/core/post.ts';
import type { DeliveryBench } from '#tests/fakes/delivery-bench.ts';

const captions = ['Người dân qua cầu treo', 'Chợ phiên họp lại', 'Bến đò cũ', 'Đường lên bản'];

export async function publishIllustrated(
  bench: DeliveryBench,
  { headline = 'Cầu treo thông xe', count = 2 } = {},
): Promise<StoredArticle> {
  const size = { width: 1280, height: 960 };
  const photos = captions.slice(0, count).map((caption, position) => {
    return { url: `https://bao.example/${position}.jpg`, caption, credit: 'Thu An', alt: null, ...size };
  });
  const article = await bench.publish({ headline, photos });
  for (const [position, { url }] of photos.entries()) {
    const hash = `${article.id}${position}`.padEnd(32, '0');
    const renditions = [{ format: 'jpeg', ...size, bytes: 4 } as const];
    await bench.ledger.photos.save({ articleId: article.id, position, url, hash, ...size, renditions, failure: null });
  }
  return article;
}

/** A post's photo, for tests of channels alone. */
export function postPhoto(name: string, words: Partial<PostPhoto> = {}): PostPhoto {
  const file = `photos/${name}.jpg`;
  const size = { width: 1280, height: 960, bytes: 4, type: 'image/jpeg' };
  return { url: `https://loa.example/${file}`, file, ...size, alt: null, caption: null, credit: null, ...words };
}
