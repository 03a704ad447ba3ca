import type { StoredArticle } from '#src/core/article.ts';
import type { Jobs } from '#src/queue/job.ts';

/**
 * Adds the flow that publishes a revision: the parent runs when all photos are done or given up. `round` makes the ids
 * new when the sweep asks again: a kept parent id would not run a second time.
 */
export function enqueuePublication(
  article: Pick<StoredArticle, 'id' | 'revision' | 'photos'>,
  jobs: Jobs,
  round = 0,
): Promise<void> {
  const name = `${article.id}-r${article.revision}${round ? `-${round.toString(36)}` : ''}`;
  const { id: articleId, revision } = article;
  return jobs.addFlow({
    parent: { kind: 'publish-article', id: `publish-${name}`, payload: { articleId, revision } },
    children: article.photos.flatMap((photo, position) =>
      photo.url === null
        ? []
        : [{ kind: 'render-photo', id: `photo-${name}-${position}`, payload: { articleId, revision, position } }],
    ),
  });
}
