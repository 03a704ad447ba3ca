/** The id of an article's entry in every feed, minted once and stored: a tag URI (RFC 4151) in lower case. */
export function entryId(siteUrl: string, articleId: string, now: number): string {
  const day = new Date(now).toISOString().slice(0, 10);
  return `tag:${new URL(siteUrl).hostname.toLowerCase()},${day}:article/${articleId}`;
}
