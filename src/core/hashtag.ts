/** Hashtags from an article's tags. */
import { foldedLetters } from '#src/core/folded-letters.ts';
import { oneLine } from '#src/core/post-text.ts';

export interface HashtagForm {
  /** BCP 47, of the article. */
  language: string;
  /** In the letters a–z where their script has them: `Đắk Lắk` → `#DakLak`. */
  isFolded: boolean;
}

/** Services link none that is longer; a tag that long is a sentence. */
const longest = 100;

const asWritten: HashtagForm = { language: 'und', isFolded: false };

/** `Thời sự` → `#ThờiSự`, with its `#`; null where nothing a service would link is left (only digits, only marks). */
export function hashtag(tag: string, { language, isFolded }: HashtagForm = asWritten): string | null {
  const line = oneLine(tag.slice(0, 10 * longest));
  const words = (isFolded ? foldedLetters(line, language) : line)
    // `Don’t` and `women’s` are one word; what stands before `l’État` and `d’eau` is another.
    .replace(/(?<=\p{L})['’](?=(?:s|t|re|ve|ll|d|m)(?![\p{L}\p{M}]))/giu, '')
    .split(/[^\p{L}\p{M}\p{N}_\u200C\u200D]+/u)
    .filter((word) => word !== '');
  const text =
    words.length > 1 ? words.map((word) => capitalise(word, isFolded ? 'en' : language)).join('') : (words[0] ?? '');
  // `C++`: what is left of it means something else.
  const isRest = /^\p{Script=Latin}$/u.test(text) && line.trim() !== text;
  return /\p{L}/u.test(text) && !isRest && text.length <= longest ? `#${text}` : null;
}

/** An article's hashtags in order, each once whatever its case. */
export function hashtagsOf(tags: readonly string[], most: number, form: HashtagForm = asWritten): string[] {
  const found = new Map<string, string>();
  for (const tag of tags) {
    const made = hashtag(tag, form);
    if (made && !found.has(made.toLowerCase())) found.set(made.toLowerCase(), made);
  }
  return [...found.values()].slice(0, most);
}

function capitalise(word: string, language: string): string {
  const [first = '', ...rest] = word;
  return (/^tr|^az/i.test(language) ? first.toLocaleUpperCase(language) : first.toUpperCase()) + rest.join('');
}
