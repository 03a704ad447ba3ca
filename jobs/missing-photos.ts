import type { Deps } from '#jobs/deps.ts';
import { type PhotoRecord, renditionPath } from '#src/core/rendition.ts';

/**
 * Asks for the photos of the feeds' articles whose files are not there: after a restore into a new folder, or when
 * files were lost. Gives how many.
 */
export async function renderMissingPhotos(deps: Pick<Deps, 'ledger' | 'settings' | 'files' | 'jobs'>): Promise<number> {
  const limit = Math.max(0, ...deps.settings.feeds.map((feed) => feed.items));
  const articles = await deps.ledger.articles.list({ ready: true, state: 'live', limit });
  const records = await deps.ledger.photos.forArticles(articles.map((article) => article.id));
  let missing = 0;
  for (const article of articles) {
    for (const record of records.filter(({ articleId }) => articleId === article.id)) {
      if (await isComplete(record, deps)) continue;
      const payload = { articleId: article.id, revision: article.revision, position: record.position };
      await deps.jobs.add({ kind: 'render-photo', payload });
      missing += 1;
    }
  }
  return missing;
}

async function isComplete({ hash, renditions }: PhotoRecord, { files }: Pick<Deps, 'files'>): Promise<boolean> {
  if (hash === null) return true;
  for (const rendition of renditions) {
    if ((await files.info(renditionPath(hash, rendition))) === null) return false;
  }
  return true;
}
