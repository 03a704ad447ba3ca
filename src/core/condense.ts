/** A sentence too long for a summary, told shorter so that it stays a sentence: what is dropped stands between marks. */
import { withoutAsides } from '#src/core/asides.ts';
import { clauseBreaks, leadsOn } from '#src/core/breaks.ts';
import { graphemesOf } from '#src/core/length.ts';
import { withoutEnglishAsides } from '#src/core/titles-en.ts';
import { hasVietnamesePredicate, withoutVietnameseTitles } from '#src/core/titles-vi.ts';

/** Without brackets, asides, titles, lists of guests and, last, its later clauses; null where nothing whole remains. */
export function condense(sentence: string, language: string, most: number): string | null {
  const fits = (text: string) => graphemesOf(text).length <= most;
  const key = language.toLowerCase().split('-')[0]!;
  let told = sentence;
  const withoutTitles = Object.hasOwn(titles, key) ? titles[key]! : (text: string) => withoutAsides(text, key);
  for (const shorten of [withoutBrackets, withoutDashes, withoutTitles]) {
    if (fits(told)) return told;
    told = shorten(told);
  }
  return fits(told) ? told : firstClauses(told, key, fits);
}

const titles: Readonly<Record<string, (text: string) => string>> = {
  vi: withoutVietnameseTitles,
  en: withoutEnglishAsides,
};

/** But for a date or a number alone. */
function withoutBrackets(text: string): string {
  return text.replace(/\s*[（([](?!\p{N}[\p{N}/.,:%–-]*[)）\]])[^()（）[\]]{1,300}[)）\]]/gu, '');
}

/** `A – said so – B` → `A B`: only in pairs, or the end of what was said would go. */
function withoutDashes(text: string): string {
  return text
    .replace(/\s[–—]\s[^–—.!?]{3,200}\s[–—](?=\s)/gu, '')
    .replace(/(?<=\p{L})—[^–—.!?]{3,200}—(?=\p{L})/gu, ' ');
}

/** The most of its clauses that fit, ended as the sentence was; a semicolon ends more than a comma. */
function firstClauses(text: string, language: string, fits: (text: string) => boolean): string | null {
  const mark =
    /[\p{Sentence_Terminal}](?=["'”’»)\]」』）]*$)/u.exec(text)?.[0] ??
    (/[\p{Script=Thai}\p{Script=Lao}]/u.test(text) ? '' : '.');
  const candidates = clauseBreaks(text)
    .tidy.filter((at) => !isWithinList(text, at, language))
    .map((at) => ({
      kept: text.slice(0, at).replace(/[\s,;:،؛、，；：–—-]+$/u, ''),
      strong: /^\s*[;；؛]/u.test(text.slice(at)),
    }))
    .filter(({ kept }) => isSentence(kept, language) && fits(kept + mark));
  const last = candidates.at(-1);
  const strong = candidates.findLast((one) => one.strong);
  const chosen = strong && last && strong.kept.length * 2 > last.kept.length ? strong : last;
  return chosen ? chosen.kept + mark : null;
}

/** More names, or the last of several things, follow: `Sở Văn hóa, Thể thao và Du lịch`. */
function isWithinList(text: string, at: number, language: string): boolean {
  const next = text.slice(at).replace(/^[\s,]+/u, '');
  return (language !== 'de' && /^\s*,/u.test(text.slice(at)) && /^\p{Lu}/u.test(next)) || leadsOn(text, at);
}

/** Says at least as much as a sentence: in Vietnamese somebody does something, elsewhere a few words stand there. */
function isSentence(kept: string, language: string): boolean {
  if (graphemesOf(kept).length < 40) return false;
  return language !== 'vi' || hasVietnamesePredicate(kept);
}
