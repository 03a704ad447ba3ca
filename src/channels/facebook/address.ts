/**
 * A post's id in its address as people copy it. One with a `pfbid…` holds none: the address itself is all there is to
 * know then, and a person changes the post.
 */

/** Of this Page as far as the address tells; null when it is no post's, or another Page's. */
export function idInAddress(address: string, pageId: string): string | null {
  const url = URL.parse(address.includes('://') ? address : `https://${address}`);
  if (!url || !/^(?:(?:www|m|mbasic|web|[a-z]{2}-[a-z]{2})\.)?(?:facebook\.com|fb\.com)$/.test(url.hostname))
    return null;
  const parts = url.pathname.split('/').filter((part) => part !== '');
  const { page, post } = namedIn(parts, url.searchParams);
  const isOther = page !== null && /^\d+$/.test(page) && page !== pageId;
  if (post === null || isOther) return null;
  if (/^pfbid\w+$/.test(post)) return address;
  return /^\d+$/.test(post) ? `${pageId}_${post}` : null;
}

function namedIn(parts: string[], query: URLSearchParams): { page: string | null; post: string | null } {
  const [first = '', second] = parts;
  if (/^(?:permalink|story)\.php$/.test(first)) return { page: query.get('id'), post: query.get('story_fbid') };
  const [, page, post] = /^(\d+)_(\d+)$/.exec(first) ?? [];
  if (page !== undefined && post !== undefined) return { page, post };
  // Between `posts` and the number stands the title, where Facebook shows it.
  if (second === 'posts') return { page: first, post: parts.at(-1)!.split('_').at(-1)! };
  return { page: null, post: null };
}
