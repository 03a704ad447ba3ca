/** Names of posts: `at://DID/app.bsky.feed.post/KEY` among machines, a page of bsky.app for people. */
import type { BlueskySettings } from '#src/channels/bluesky/settings.ts';

export const postCollection = 'app.bsky.feed.post';

export interface PostName {
  /** A DID; in an address that a person copied also a handle. */
  repo: string;
  rkey: string;
}

export const uriOf = ({ repo, rkey }: PostName) => `at://${repo}/${postCollection}/${rkey}`;
export const pageOf = ({ repo, rkey }: PostName) => `https://bsky.app/profile/${repo}/post/${rkey}`;

export function nameOf(uri: string): PostName | null {
  const [, repo, rkey] = /^at:\/\/([^/?#]+)\/app\.bsky\.feed\.post\/([A-Za-z0-9._:~-]{1,512})$/.exec(uri) ?? [];
  return repo && rkey ? { repo, rkey } : null;
}

/** The `at://` name in an address copied from a browser; null for another's post as far as the settings can tell. */
export function idOf(url: string, { identifier }: Pick<BlueskySettings, 'identifier'>): string | null {
  const text = url.trim();
  const [, profile, key] =
    /^https:\/\/(?:www\.)?bsky\.app\/profile\/([^/?#]+)\/post\/([A-Za-z0-9]+)\/?(?:[?#].*)?$/i.exec(text) ?? [];
  const name = profile && key ? { repo: decoded(profile), rkey: key } : nameOf(text);
  if (!name || !/^did:[a-z]+:[\w.:%-]+$|^[\w-]+(\.[\w-]+)+$/i.test(name.repo)) return null;
  const isComparable = !identifier.includes('@') && isDid(identifier) === isDid(name.repo);
  if (isComparable && name.repo.toLowerCase() !== identifier.toLowerCase()) return null;
  return uriOf(name);
}

const isDid = (text: string) => text.startsWith('did:');

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
