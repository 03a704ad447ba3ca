import type { Deps } from '#jobs/deps.ts';
import { missingFormats } from '#jobs/missing-formats.ts';
import { cardPath, type PhotoRecord, renditionPath } from '#src/core/rendition.ts';

/**
 * Asks for the photos of the feeds' articles whose files are not there: after a restore into a new folder, when files
 * were lost, or when the settings ask for more formats. Gives how many have lost files.
 */
export async function renderMissingPhotos(deps: Pick<Deps, 'ledger' | 'settings' | 'files' | 'jobs'>): Promise<number> {
  const limit = Math.max(0, ...deps.settings.feeds.map((feed) => feed.items));
  const articles = await deps.ledger.articles.list({ ready: true, state: 'live', limit });
  const records = await deps.ledger.photos.forArticles(articles.map((article) => article.id));
  let missing = 0;
  for (const article of articles) {
    const own = records.filter(({ articleId }) => articleId === article.id);
    const unfinished = own.some((record) => missingFormats(record, deps.settings.photos).length > 0);
    for (const record of own) {
      if (await isComplete(record, deps)) continue;
      const payload = { articleId: article.id, revision: article.revision, position: record.position };
      await deps.jobs.add({ kind: 'render-photo', payload });
      missing += 1;
    }
    if (unfinished) await deps.jobs.add({ kind: 'render-formats', payload: { articleId: article.id } });
  }
  return missing;
}

async function isComplete(record: PhotoRecord, { files }: Pick<Deps, 'files'>): Promise<boolean> {
  const { hash, renditions, cardBytes } = record;
  if (hash === null) return true;
  // One from before there were cards gets all its files anew, under another hash.
  if (cardBytes === undefined || (await files.info(cardPath(hash))) === null) return false;
  for (const rendition of renditions) {
    if ((await files.info(renditionPath(hash, rendition))) === null) return false;
  }
  return true;
}
