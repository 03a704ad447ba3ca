/** What was found, as a newcomer's settings. */
import type { FirstSettings } from '#config/write-settings.ts';
import type { GuessedSite } from '#src/commands/init/site.ts';
import type { Way } from '#src/commands/init/ways.ts';
import type { ReadArticle } from '#src/commands/read-target.ts';
import { tidy } from '#src/core/text.ts';

const mostSections = 2;
/** A section seen once may be a slip. */
const leastArticles = 2;

export function planSettings(
  site: GuessedSite,
  way: Way,
  {
    id,
    articles,
    allow,
    date,
  }: { id: string; articles: readonly ReadArticle[]; allow: readonly string[]; date: string },
): FirstSettings {
  const sections = largestSections(articles);
  return {
    opening: [
      `Settings for ${site.url.value}, written by "loa init" on ${date}.`,
      'What was guessed says so in a comment above it: look at those lines first.',
      'After a change: loa check. Every key there is: config/defaults.yaml; what they mean: docs/configuration.md.',
      'Where readers reach feeds and photos is to be set before others read them: publicUrl: https://tin.bao.example',
    ],
    site,
    source: {
      id,
      kind: way.kind,
      settings: way.settings,
      guesses: way.guesses,
      why: `Found: ${way.found}. Articles are known by the id: it must not change later.`,
    },
    feeds: [
      { id: 'latest', section: null, why: 'Every article, at /feeds/latest.rss' },
      ...sections.map((section, index) => ({
        id: feedId(section, index, sections),
        section,
        why: 'Guessed from the sections of the last articles; remove it, or name others.',
      })),
    ],
    allow,
  };
}

/** The site's name in its address: `https://www.bao-lang.example` -> `bao-lang`. */
export function sourceId(url: string): string {
  const { hostname } = new URL(url);
  if (/^[\d.]+$|:|\[/.test(hostname)) return 'site';
  const labels = hostname.split('.').filter((label) => !/^(?:www\d?|m)$/.test(label));
  return slug(labels[0] ?? '') || 'site';
}

function largestSections(articles: readonly ReadArticle[]): string[] {
  const named = articles.flatMap(({ article }) => tidy(article.section ?? '') || []).filter(isName);
  return [...Map.groupBy(named, (name) => name)]
    .filter(([, seen]) => seen.length >= leastArticles && seen.length < articles.length)
    .sort((a, b) => b[1].length - a[1].length)
    .slice(0, mostSections)
    .map(([name]) => name);
}

// As the settings take it.
const isName = (text: string): boolean => text.length <= 100 && !/\p{Cc}/u.test(text);

function feedId(section: string, index: number, sections: readonly string[]): string {
  const id = slug(section);
  const isTaken = id === '' || id === 'latest' || sections.slice(0, index).some((other) => slug(other) === id);
  return isTaken ? `section-${index + 1}` : id;
}

/** `Đời sống` -> `doi-song`; empty where nothing of it is Latin. */
function slug(text: string): string {
  return text
    .replaceAll(/[đĐ]/g, 'd')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replaceAll(/^-+|-+$/g, '');
}
