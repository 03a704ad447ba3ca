/** What the structured data of a page say that the page is. */

export interface LdTypes {
  article: boolean;
  listing: boolean;
  headline: boolean;
  date: boolean;
}

const articleType = /^(?:\w*Article|BlogPosting|LiveBlogPosting|Report|Review|AnalysisNewsArticle)$/;
const listingType =
  /^(?:CollectionPage|ItemList|SearchResultsPage|ProfilePage|AboutPage|ContactPage|CheckoutPage|FAQPage)$/;
const mostNodes = 200;

/** Of the outermost things and those in a graph: what an item list holds is not the page itself. */
export function typesIn(scripts: readonly string[]): LdTypes {
  const found: LdTypes = { article: false, listing: false, headline: false, date: false };
  for (const node of scripts.flatMap(readNodes).slice(0, mostNodes)) {
    const types = [node['@type']].flat().filter((type): type is string => typeof type === 'string');
    if (types.some((type) => listingType.test(type))) found.listing = true;
    if (!types.some((type) => articleType.test(type))) continue;
    found.article = true;
    found.headline ||= typeof node['headline'] === 'string';
    found.date ||= typeof node['datePublished'] === 'string';
  }
  return found;
}

function readNodes(script: string): Record<string, unknown>[] {
  try {
    return [JSON.parse(script.replace(/^\s*(?:<!--|\/\*.*?\*\/)|-->\s*$/g, ''))].flat(2).flatMap((node) => {
      if (typeof node !== 'object' || node === null) return [];
      const graph = [node['@graph'] ?? []].flat().filter((each) => typeof each === 'object' && each !== null);
      return [node, ...graph];
    });
  } catch {
    // Broken data still name their type.
    return [...script.matchAll(/"@type"\s*:\s*"(\w+)"/g)].slice(0, 1).map(([, type]) => ({ '@type': type }));
  }
}
