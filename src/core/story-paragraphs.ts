/** The paragraphs of an article that tell its story, as a summary may begin with them. */
import { isAbbreviation } from '#src/core/abbreviations.ts';
import type { Article } from '#src/core/article.ts';
import { oneLine } from '#src/core/post-text.ts';

type Told = Pick<
  Article,
  'headline' | 'lead' | 'text' | 'dateline' | 'byline' | 'bylinePrinted' | 'photos' | 'language'
>;

/** Of the text; a summary that is not found by then is not found. */
const mostParagraphs = 12;
const mostText = 20_000;

export interface StoryParagraph {
  text: string;
  /** A dateline stood before it: whatever it begins with, it begins a story. */
  isDated: boolean;
}

/** Lead first, on one line each, without dateline; no headline, caption or byline among them. */
export function storyParagraphs(article: Told): StoryParagraph[] {
  const text = article.text
    .slice(0, mostText)
    .split(/\n{2,}/)
    .slice(0, 2 * mostParagraphs);
  const paragraphs = [article.lead.slice(0, mostText), ...text].map(oneLine).filter((paragraph) => paragraph !== '');
  const apart = new Set(partsAround(article).map(fold));
  const story = paragraphs.filter((paragraph) => !apart.has(fold(paragraph)) && !isLabel(paragraph));
  return story.slice(0, mostParagraphs).map((paragraph) => withoutOpening(paragraph, article));
}

/** What says nothing about the article that the post does not say already. */
function partsAround({ headline, bylinePrinted, byline, photos }: Told): string[] {
  const captions = photos.flatMap(({ caption, credit }) => [caption, caption && credit && `${caption} ${credit}`]);
  const parts = [headline, bylinePrinted, byline.join(' - '), byline.join(', '), ...captions];
  return parts.filter((part): part is string => typeof part === 'string' && part !== '');
}

/** A line of capitals alone is a name or a heading, a line after `Ảnh:` a credit, `By Jane Roe and Ann Doe` a byline. */
function isLabel(paragraph: string): boolean {
  if (paragraph.length > 120) return false;
  return (
    /^(Ảnh|Photo|Foto|Nguồn|Source|Theo|Tác giả)\s*:/iu.test(paragraph) ||
    signed.test(paragraph) ||
    /^[^\p{Ll}\p{Lo}]*$/u.test(paragraph)
  );
}

/** Nothing but names behind the word, and no end mark. */
const signed =
  /^(?:By|Von|Par|Por|Di|Door|Oleh|Av|Af|Text:|Texte:|Autor(?:in)?:)\s+\p{Lu}[\p{L}\p{M}.’'-]*(?:(?:,|\s(?:and|und|et|y|e|en|dan|och|og|&))?\s(?:(?:von|van|de|der|den|da|del|di|la|le|bin|al)\s)*\p{Lu}[\p{L}\p{M}’'-]*){1,8}$/u;

/** Without `Sáng 29/11,` or `(LSO) –` before the sentence, which then begins with a capital. */
function withoutOpening(paragraph: string, article: Told): StoryParagraph {
  const undated = (text: string) => ({ text, isDated: false });
  const untagged = withoutPlace(paragraph.replace(agency, '').replace(/^\s*[-–—―]\s+/u, ''), article.language);
  const dateline = oneLine(article.dateline?.text ?? '');
  if (dateline === '' || !untagged.startsWith(dateline)) return undated(capitalised(untagged));
  const story = untagged.slice(dateline.length);
  // `Sáng 25/11 và chiều 26/11 …`: the opening is only half of what it says.
  if (/^[\p{L}\p{M}\p{N}]|^\s+(và|đến|tới|hoặc|and|to|or|until)\s/iu.test(story)) return undated(untagged);
  if (needsItsTime(story, article.language)) return undated(untagged);
  const text = story.replace(/^[\s,:;.–—-]+/u, '');
  return text === '' ? undated(untagged) : { text: capitalised(text), isDated: true };
}

/**
 * `Am 3. Oktober hat der Kanzler …`: where the verb stands second, what stood first holds the sentence together; elsewhere
 * a time may be what is spoken of, as in `Ngày 20/11 là …`.
 */
function needsItsTime(story: string, language: string): boolean {
  const [key = ''] = language.toLowerCase().split('-');
  return (verbSecond.has(key) && !/^\s*[–—:-]/u.test(story)) || isSubject.test(story);
}

const verbSecond = new Set('de nl da nb nn no sv is fy af lb'.split(' '));

const isSubject =
  /^\s+(?:(?:là|được|cũng|đã|đang|sẽ|vẫn|trở thành|đánh dấu|is|was|will|would|has|had|marks|marked|est|sera|était|marque|restera|es|será|era|marca|adalah|merupakan|menjadi|هو)(?![\p{L}\p{M}])|เป็น|คือ|ถือเป็น)/u;

/** `(LSO) –`, `HÀ NỘI (TTXVN) -`, `LONDON, Nov 25 (Reuters) —`. */
const agency = /^(?:\p{Lu}[\p{Lu}\p{M}\s.'-]{1,40}(?:,\s[^()\n]{1,24})?\s)?\([\p{L}\p{M}\s.&/-]{2,40}\)\s*[-–—―]\s+/u;

/** `Auenfeld. Ein Mann …`, as German papers open. */
function withoutPlace(text: string, language: string): string {
  if (!/^de\b/i.test(language)) return text;
  const place = /^\p{Lu}[\p{L}-]{3,}(?:[ /]\p{Lu}[\p{L}-]+)?\.\s+(?=["„«]?\p{Lu})/u.exec(text)?.[0];
  return place === undefined || isAbbreviation(/[^\s/]+(?=\.\s+$)/u.exec(place)![0]) ? text : text.slice(place.length);
}

function capitalised(text: string): string {
  const [first = '', ...rest] = text.slice(0, 2);
  return first.toUpperCase() + rest.join('') + text.slice(2);
}

const fold = (text: string) =>
  oneLine(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
