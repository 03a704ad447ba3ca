/** What a document may hold at most to be read as a feed: a parser's work and memory grow with each. */

export const deepestFeed = 64;
export const mostEntries = 2000;
export const longestText = 1024 * 1024;
/** Elements and attributes together: a hundred for every entry. */
export const mostParts = 200_000;
