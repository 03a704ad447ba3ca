/** What an article is about, in its own sentences. */
import type { Article } from '#src/core/article.ts';
import { condense } from '#src/core/condense.ts';
import { cutSentence } from '#src/core/cut.ts';
import { graphemesOf, startOf } from '#src/core/length.ts';
import { listsGuests, pointsBack } from '#src/core/opening-words.ts';
import { isWhole, sentenceEnds } from '#src/core/sentences.ts';
import { storyParagraphs } from '#src/core/story-paragraphs.ts';

/** Graphemes. */
const usualLength = 320;

/** A lead is no longer; what follows is not read for a summary. */
const mostRead = 3000;

export type Told = Pick<
  Article,
  'headline' | 'lead' | 'text' | 'dateline' | 'byline' | 'bylinePrinted' | 'photos' | 'language'
>;

/** The sentences that carry the news, some 320 graphemes at most; empty when there is nothing beside headline and captions. */
export function summarise(article: Told): string {
  const { language } = article;
  const paragraphs = storyParagraphs(article).map(({ text, isDated }) => ({ text: startOf(text, mostRead), isDated }));
  const sentences = paragraphs.map(({ text }) => sentencesOf(text, language));
  const openings = sentences.values().map((list, index) => {
    return openingSentences(list, language, paragraphs[index]!.isDated);
  });
  // The desk wrote the lead as a summary; without one, the text may take its time.
  const opening = article.lead.trim() === '' ? bestOpening([...openings]) : openings.find((one) => one !== null)?.text;
  if (opening) return opening;
  // Nothing that begins by itself: the first whole sentence still tells more than none.
  const whole = sentences.flat().find((sentence) => isWhole(sentence) && !listsGuests(sentence));
  if (whole !== undefined) return fitted(whole, language) ?? cutToUsual(whole);
  const [first] = paragraphs;
  return first === undefined ? '' : cutToUsual(first.text);
}

interface Opening {
  text: string;
  facts: number;
}

/** The first, unless it says nothing of who, where, when or how many and a later one says it all. */
function bestOpening(openings: readonly (Opening | null)[]): string | null {
  const found = openings.filter((one) => one !== null);
  const [first] = found;
  if (!first) return null;
  const telling = first.facts > 0 ? undefined : found.slice(1, 4).find(({ facts }) => facts >= 3);
  return (telling ?? first).text;
}

/**
 * Whole sentences from the first that can open a summary on, without those that list guests. Behind a dateline (`isDated`)
 * `Tại hội nghị …` is where it happened, and not a meeting told of before.
 */
function openingSentences(sentences: readonly string[], language: string, isDated: boolean): Opening | null {
  let summary = '';
  let isBroken = false;
  for (const [index, sentence] of sentences.entries()) {
    if (listsGuests(sentence)) {
      isBroken = true;
      continue;
    }
    if (summary === '') {
      summary = canOpen(sentence, language, isDated && index === 0) ? (fitted(sentence, language) ?? '') : '';
      continue;
    }
    if (!isWhole(sentence) || (isBroken && pointsBack(sentence, language))) break;
    const longer = `${summary}${joint(summary)}${sentence}`;
    if (graphemesOf(longer).length > usualLength) break;
    summary = longer;
  }
  return summary === '' ? null : { text: summary, facts: factsOf(summary) };
}

function sentencesOf(paragraph: string, language: string): string[] {
  const ends = sentenceEnds(paragraph, language);
  const sentences = ends.map((end, index) => paragraph.slice(ends[index - 1] ?? 0, end).trim());
  // A last line without an end mark is a feed's cut, unless it is all there is and was not cut visibly.
  const isBare = ends.length === 1 && !isWhole(paragraph) && !/(\.\.\.|…|\[…\])\W*$/u.test(paragraph);
  return isBare ? [withEndMark(paragraph)] : sentences.filter(isWhole);
}

/** As the script ends its sentences; Thai and Lao do so without a mark. */
function withEndMark(text: string): string {
  if (/[\p{Script=Thai}\p{Script=Lao}][\p{M}"”]*$/u.test(text)) return text;
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]["”」』]*$/u.test(text)) return `${text}。`;
  return /[\p{L}\p{M}\p{N}%"'”’»)\]]$/u.test(text) ? `${text}.` : text;
}

function canOpen(sentence: string, language: string, isDated: boolean): boolean {
  const isBack = pointsBack(sentence, language) && !(isDated && /^Tại (?!đây|đó)/u.test(sentence));
  return !(isBack || isBareQuote(sentence) || /[?؟？]["'”’»)\]」』）]*$/u.test(sentence));
}

/** What somebody said, and nobody who said it. */
function isBareQuote(sentence: string): boolean {
  const told = sentence.replace(/^\s*[-–—]\s+/u, '“').match(/^["“«「『‘„](.*)$/su)?.[1];
  if (told === undefined) return false;
  const after = told.split(/["”»」』’“]/u).at(-1)!;
  if (after === told || !/[\p{L}\p{N}]/u.test(after)) return true;
  // `she said` names nobody.
  return /\p{Ll}/u.test(after) && !/\p{Lu}/u.test(after) && after.length < 60;
}

function fitted(sentence: string, language: string): string | null {
  return condense(sentence, language, usualLength);
}

function cutToUsual(text: string): string {
  return cutSentence(text, (part) => graphemesOf(part).length <= usualLength);
}

/** Japanese and Chinese put no blank between sentences. */
function joint(before: string): string {
  return /[。！？｡．][」』”）]*$/u.test(before) ? '' : ' ';
}

/** How many kinds of fact stand there: a number, names, more than a few words. */
function factsOf(text: string): number {
  const names = text.match(/(?<=[\p{L}\p{N},]\s)\p{Lu}/gu)?.length ?? 0;
  return Number(/\p{N}/u.test(text)) + Math.min(names, 2) + Number(graphemesOf(text).length >= 80);
}
