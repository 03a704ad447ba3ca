/** What was found, for a person. */
import { articleText } from '#src/commands/article-text.ts';
import { type GuessedSite, siteSettings } from '#src/commands/init/site.ts';
import { type Trial, triedKinds, type Way } from '#src/commands/init/ways.ts';
import type { ReadArticle } from '#src/commands/read-target.ts';

/** All ways, the used one marked, and why it is the one. */
export function waysText(site: GuessedSite, ways: readonly Way[], trials: readonly Trial[]): string {
  const { name, url, language, timezone } = siteSettings(site);
  const used = trials.at(-1);
  const width = Math.max(...ways.map(({ kind }) => kind.length));
  const lines = ways.flatMap((way) => {
    const address = typeof way.settings['url'] === 'string' ? ` (${way.settings['url']})` : '';
    const trial = trials.find((one) => one.way === way);
    const mark = way === used?.way ? '*' : ' ';
    const passed = trial?.failure ?? (way.needs === null ? null : `it needs ${way.needs}`);
    return [
      `${mark} ${way.kind.padEnd(width)}  ${way.found}${address}`,
      ...(passed === null ? [] : [`${' '.repeat(width + 4)}not used: ${passed}`]),
    ];
  });
  return [
    `${url} is “${name}”: language ${language}, times in ${timezone}.`,
    '',
    'Found, the best first:',
    ...lines,
    '',
    `* is used: it is the first of these that works. Their order is that of worth: ${triedKinds().join(', ')}.`,
  ].join('\n');
}

export function articlesText(articles: readonly ReadArticle[]): string {
  const intro = articles.length === 1 ? 'The one article' : `The last ${articles.length} articles`;
  return [
    `${intro} as Loa understands them; “guessed” marks a doubt:`,
    ...articles.map((one) => articleText(one)),
  ].join('\n\n');
}

/** `10 read, 9 with photos, 12 of 14 photos with captions, 2 doubts` */
export function summaryLine({ articles, unread }: Pick<Trial, 'articles' | 'unread'>): string {
  const photos = articles.flatMap(({ article }) => article.photos);
  const doubts = articles.reduce((sum, { article }) => sum + article.doubts.length, 0);
  return [
    `${articles.length} read`,
    ...(unread.length > 0 ? [`${unread.length} not`] : []),
    `${articles.filter(({ article }) => article.photos.length > 0).length} with photos`,
    `${photos.filter(({ caption }) => caption !== null).length} of ${photos.length} photos with captions`,
    `${doubts} ${doubts === 1 ? 'doubt' : 'doubts'}`,
  ].join(', ');
}
