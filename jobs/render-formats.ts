import { z } from 'zod';
import { rebuildFeeds } from '#jobs/ask-for-feeds.ts';
import type { Deps } from '#jobs/deps.ts';
import { folderRootsOf } from '#jobs/folder-roots.ts';
import { missingFormats } from '#jobs/missing-formats.ts';
import type { StoredArticle } from '#src/core/article.ts';
import { done, type Outcome } from '#src/core/outcome.ts';
import type { PhotoRecord } from '#src/core/rendition.ts';
import { renderFormats as render } from '#src/photos/render-formats.ts';
import { defineJob } from '#src/queue/job.ts';

/** Makes the WebP and AVIF files of an article that is out already; the feeds show them from then on. */
export const renderFormats = defineJob({
  kind: 'render-formats',
  queue: 'formats',
  payload: z.object({ articleId: z.string() }),
  dedup: ({ articleId }) => articleId,
  again: true,
  attempts: 4,
  backoff: 10_000,
  async run({ articleId }, deps: Deps, { signal }): Promise<Outcome> {
    const article = await deps.ledger.articles.get(articleId);
    if (article?.state !== 'live') return done;
    let added = false;
    for (const record of await deps.ledger.photos.forArticles([articleId])) {
      signal.throwIfAborted();
      added = (await addFormats(article, record, deps)) || added;
    }
    if (added) await rebuildFeeds(deps);
    return done;
  },
});

/** True when the record has gained files. A photo that fails keeps its JPEG files and stops no other. */
async function addFormats(article: StoredArticle, record: PhotoRecord, deps: Deps): Promise<boolean> {
  const { hash, position } = record;
  const photo = article.photos[position];
  const formats = missingFormats(record, deps.settings.photos);
  if (hash === null || photo?.url !== record.url || formats.length === 0) return false;
  const { widths } = deps.settings.photos;
  const input = { photo, hash, widths, formats, folderRoots: folderRootsOf(article, deps) };
  const result = await render(input, { http: deps.http, files: deps.files, pool: deps.photos });
  if ('renditions' in result) {
    return deps.ledger.photos.addRenditions({ articleId: article.id, position, hash }, result.renditions);
  }
  deps.log.warn(
    `photo ${record.url} of “${article.headline}” stays without ${formats.join(' and ')}: ${result.failure}`,
    {
      articleId: article.id,
    },
  );
  return false;
}
