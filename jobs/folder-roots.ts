import type { Deps } from '#jobs/deps.ts';
import type { StoredArticle } from '#src/core/article.ts';

/** Folders below which an article's photos may be files: only a source that is a folder has one. */
export function folderRootsOf({ sourceId }: Pick<StoredArticle, 'sourceId'>, { sources }: Pick<Deps, 'sources'>) {
  const folder = sources.get(sourceId)?.folder ?? null;
  return folder ? [folder] : [];
}
