import { type Figures, gauge } from '#src/ops/metrics/figures.ts';

export const articleFigures: Figures = (registry, { ledger }) => {
  const articles = gauge(registry, 'loa_articles', 'Articles, by how they stand.', ['state']);
  const unready = gauge(registry, 'loa_articles_unready', 'Live articles whose newest photos are not done.');
  const photos = gauge(registry, 'loa_photos', 'Photos: rendered, left out (failed) or not done (waiting).', ['state']);
  return async () => {
    const figures = await ledger.figures.articles();
    for (const state of ['live', 'held', 'withdrawn']) articles.set({ state }, 0);
    for (const { state, count } of figures.states) articles.set({ state }, count);
    unready.set(figures.unready);
    for (const [state, count] of Object.entries(await ledger.figures.photos())) photos.set({ state }, count);
  };
};
