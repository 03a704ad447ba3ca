/** Hashtags from an article's tags. */
import { oneLine } from '#src/core/post-text.ts';

/** `Thời sự` → `#ThờiSự`, with its `#`; null where nothing a service would link is left (only digits, only marks). */
export function hashtag(tag: string): string | null {
  const words = oneLine(tag)
    .split(/[^\p{L}\p{M}\p{N}_\u200C\u200D]+/u)
    .filter((word) => word !== '');
  const text = words.length > 1 ? words.map(capitalise).join('') : (words[0] ?? '');
  return /\p{L}/u.test(text) ? `#${text}` : null;
}

/** An article's hashtags in order, each once whatever its case. */
export function hashtagsOf(tags: readonly string[], most: number): string[] {
  const found = new Map<string, string>();
  for (const tag of tags) {
    const made = hashtag(tag);
    if (made && !found.has(made.toLowerCase())) found.set(made.toLowerCase(), made);
  }
  return [...found.values()].slice(0, most);
}

function capitalise(word: string): string {
  const [first = '', ...rest] = word;
  return first.toUpperCase() + rest.join('');
}
