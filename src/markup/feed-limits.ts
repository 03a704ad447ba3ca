/** What a document may hold at most to be read as a feed: a parser's work and memory grow with each. */

export const deepestFeed = 64;
export const mostEntries = 2000;
/** Of one entry; one that holds more is left out, the others are read. */
export const longestText = 1024 * 1024;
export const longestTitle = 10_000;
/** Elements and attributes together: a hundred for every entry. */
export const mostParts = 200_000;
