import { z } from 'zod';
import { rebuildFeeds } from '#jobs/ask-for-feeds.ts';
import type { Deps } from '#jobs/deps.ts';
import { folderRootsOf } from '#jobs/folder-roots.ts';
import { messageOf } from '#src/core/errors.ts';
import { done, type Outcome } from '#src/core/outcome.ts';
import { failedPhoto, renderPhoto as render } from '#src/photos/render-photo.ts';
import { defineJob } from '#src/queue/job.ts';

const attempts = 4;

/** Fetches one photo of an article and makes its JPEG files and its card. */
export const renderPhoto = defineJob({
  kind: 'render-photo',
  queue: 'photos',
  payload: z.object({ articleId: z.string(), revision: z.int(), position: z.int() }),
  // Every process that starts finds the same files missing.
  dedup: ({ articleId, revision, position }) => `${articleId}-${revision}-${position}`,
  attempts,
  backoff: 2000,
  async run({ articleId, revision, position }, deps: Deps, { attempt }): Promise<Outcome> {
    const article = await deps.ledger.articles.revision(articleId, revision);
    const photo = article?.photos[position];
    if (!article || !photo?.url) return done;
    const { widths, formats } = deps.settings.photos;
    const input = { articleId, position, photo, widths, formats, folderRoots: folderRootsOf(article, deps) };

    const record = await render(input, { http: deps.http, files: deps.files, pool: deps.photos }).catch((error) => {
      if (attempt < attempts) throw error;
      // The last try: the article goes out without this photo, and its record says why.
      return failedPhoto(input, messageOf(error));
    });
    await deps.ledger.photos.save(record);
    if (record.failure)
      deps.log.warn(`photo ${photo.url} of “${article.headline}” is left out: ${record.failure}`, { articleId });
    deps.journal.note({ kind: 'photo', articleId, revision, position, failure: record.failure });
    if (article.readyRevision >= revision) await askForTheRest(articleId, deps);
    return done;
  },
});

/** Of an article that is out already and had lost files: its publication, which asks for these, is not to come. */
async function askForTheRest(articleId: string, deps: Deps): Promise<void> {
  await deps.jobs.add({ kind: 'render-formats', payload: { articleId } });
  await rebuildFeeds(deps);
}
