/** An article that is in no ledger, dressed as if it were, so that the core composes its posts like any other. */
import type { Article, StoredArticle } from '#src/core/article.ts';
import type { FitOrder, Fitting } from '#src/core/photo-fit.ts';
import type { PreviewView } from '#src/core/preview.ts';
import type { PhotoRecord } from '#src/core/rendition.ts';
import { renditionPath } from '#src/core/rendition.ts';

const epoch = new Date(0).toISOString();

export function unstored({ article, sourceId }: { article: Article; sourceId: string }): {
  article: StoredArticle;
  photos: PhotoRecord[];
} {
  const stored: StoredArticle = {
    ...article,
    id: 'preview',
    entryId: 'preview',
    revision: 1,
    state: 'live',
    sourceId,
    firstSeenAt: epoch,
    revisedAt: epoch,
    baseline: false,
    readyRevision: 1,
  };
  const photos = article.photos.flatMap(({ url, width, height }, position): PhotoRecord[] => {
    if (url === null) return [];
    const rendition = { width: width ?? 1, height: height ?? 1, format: 'jpeg' as const, bytes: 0 };
    const record = { articleId: 'preview', position, url, width, height, failure: null };
    return [{ ...record, hash: `original${position}`, renditions: [rendition] }];
  });
  return { article: stored, photos };
}

/** There is no file to fit: `withOriginals` shows the picture itself. */
export async function fitsAsItStands({ source }: FitOrder): Promise<Fitting> {
  return { file: source, width: 1, height: 1, bytes: 0 };
}

/** Nothing was rendered: the photos are shown as the source has them. */
export function withOriginals({ posts }: PreviewView, records: readonly PhotoRecord[]): PreviewView {
  const note = 'photos are shown as the source has them: they are resized when the article is stored';
  return {
    posts: posts.map((post) => ({
      ...post,
      photos: post.photos.map(({ url, alt, caption }) => {
        const record = records.find(({ hash, renditions }) => url.endsWith(renditionPath(hash!, renditions[0]!)));
        const { width = null, height = null } = record ?? {};
        return { url: record?.url ?? url, alt, ...(caption && { caption }), width, height, bytes: null, type: null };
      }),
      notes: post.photos.length > 0 ? [...post.notes, note] : post.notes,
    })),
  };
}
