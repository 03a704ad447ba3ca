/** The address that a service gives for a post, for people to follow. */
import { mask } from '#src/core/mask.ts';

/** No post's address is longer. */
const longest = 2000;

/** Null for one that leads nowhere on the web, that is no post's, or that holds one of the secrets. */
export function toldAddress(url: string | null, secrets: readonly string[]): string | null {
  if (url === null || url.length > longest || !/^https?:\/\/\S+$/i.test(url) || !URL.canParse(url)) return null;
  return mask(url, secrets) === url ? url : null;
}
