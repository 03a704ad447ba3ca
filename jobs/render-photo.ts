import { z } from 'zod';
import type { Deps } from '#jobs/deps.ts';
import { messageOf } from '#src/core/errors.ts';
import { done, type Outcome } from '#src/core/outcome.ts';
import { failedPhoto, renderPhoto as render } from '#src/photos/render-photo.ts';
import { defineJob } from '#src/queue/job.ts';

const attempts = 4;

/** Fetches one photo of an article and makes its JPEG files. */
export const renderPhoto = defineJob({
  kind: 'render-photo',
  queue: 'photos',
  payload: z.object({ articleId: z.string(), revision: z.int(), position: z.int() }),
  attempts,
  backoff: 2000,
  async run({ articleId, revision, position }, deps: Deps, { attempt }): Promise<Outcome> {
    const article = await deps.ledger.articles.revision(articleId, revision);
    const photo = article?.photos[position];
    if (!article || !photo?.url) return done;
    const folder = deps.sources.get(article.sourceId)?.folder ?? null;
    const { widths } = deps.settings.photos;
    const input = {
      articleId,
      position,
      photo,
      widths,
      formats: ['jpeg' as const],
      folderRoots: folder ? [folder] : [],
    };

    const record = await render(input, { http: deps.http, files: deps.files, pool: deps.photos }).catch((error) => {
      if (attempt < attempts) throw error;
      // The last try: the article goes out without this photo, and its record says why.
      return failedPhoto(input, messageOf(error));
    });
    await deps.ledger.photos.save(record);
    if (record.failure)
      deps.log.warn(`photo ${photo.url} of “${article.headline}” is left out: ${record.failure}`, { articleId });
    deps.journal.note({ kind: 'photo', articleId, revision, position, failure: record.failure });
    return done;
  },
});
