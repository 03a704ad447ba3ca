/** What an article is about, in its own first sentences. */
import type { Article } from '#src/core/article.ts';
import { graphemesOf } from '#src/core/length.ts';
import { oneLine } from '#src/core/post-text.ts';
import { isWhole, sentenceEnds } from '#src/core/sentences.ts';

/** Graphemes; the first sentence is always whole. */
const usualLength = 320;

type Told = Pick<Article, 'headline' | 'lead' | 'text' | 'dateline' | 'byline' | 'bylinePrinted' | 'photos'>;

/** The first whole sentences of the lead, else of the text; empty when there is nothing beside headline and captions. */
export function summarise(article: Told): string {
  const paragraphs = [article.lead, ...article.text.split(/\n{2,}/)].map(oneLine).filter((text) => text !== '');
  for (const paragraph of paragraphs) {
    if (isApart(paragraph, article)) continue;
    const whole = openingSentences(withoutDateline(paragraph, article));
    if (whole !== '') return whole;
  }
  const rest = paragraphs.find((paragraph) => !isApart(paragraph, article));
  return rest === undefined ? '' : withoutDateline(rest, article);
}

function openingSentences(paragraph: string): string {
  const ends = sentenceEnds(paragraph);
  let summary = '';
  for (const [index, end] of ends.entries()) {
    const sentence = paragraph.slice(ends[index - 1] ?? 0, end).trim();
    // A last line without an end mark is a feed's cut, unless it is all there is and was not cut visibly.
    if (!isWhole(sentence) && (ends.length > 1 || /(\.\.\.|…)\W*$/u.test(sentence))) break;
    const longer = paragraph.slice(0, end).trim();
    if (summary !== '' && graphemesOf(longer).length > usualLength) break;
    summary = longer;
  }
  return summary;
}

/** Captions, bylines and the headline say nothing about the article that the post does not say already. */
function isApart(paragraph: string, article: Told): boolean {
  const folded = fold(paragraph);
  const others = [article.headline, article.bylinePrinted, article.byline.join(' - '), article.byline.join(', ')];
  const captions = article.photos.flatMap(({ caption, credit }) => [
    caption,
    caption && credit && `${caption} ${credit}`,
  ]);
  return [...others, ...captions].some((text) => text && fold(text) === folded);
}

/** Without `Sáng 29/11,` or `(LSO) –` before the sentence, which then begins with a capital. */
function withoutDateline(paragraph: string, article: Told): string {
  const dateline = oneLine(article.dateline?.text ?? '');
  if (dateline === '' || !paragraph.startsWith(dateline)) return paragraph;
  const story = paragraph.slice(dateline.length);
  // `Sáng 25/11 và chiều 26/11 …`: the opening is only half of what it says.
  if (/^[\p{L}\p{M}\p{N}]|^\s+(và|đến|tới|hoặc|and|to|or|until)\s/iu.test(story)) return paragraph;
  const text = story.replace(/^[\s,;:–—-]+/u, '');
  if (text === '') return paragraph;
  const [first = '', ...rest] = text;
  return first.toUpperCase() + rest.join('');
}

const fold = (text: string) =>
  oneLine(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
