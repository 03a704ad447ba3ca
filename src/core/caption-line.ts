import type { PostPhoto } from '#src/core/post.ts';

/** What is printed below a photo: its caption, and whose it is where that does not say so itself; empty without both. */
export function captionLine({ caption, credit }: Pick<PostPhoto, 'caption' | 'credit'>): string {
  const words = caption ?? '';
  const owner = credit !== null && !words.includes(credit) ? credit : '';
  return words !== '' && owner !== '' ? `${words} (${owner})` : words || owner;
}
