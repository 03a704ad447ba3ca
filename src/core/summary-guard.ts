/** What another wrote of an article, held against the article: nothing may stand there that it does not say. */
import type { Article } from '#src/core/article.ts';
import { graphemesOf } from '#src/core/length.ts';
import { oneLine } from '#src/core/post-text.ts';
import { isWhole } from '#src/core/sentences.ts';
import { strangeName } from '#src/core/summary-names.ts';
import { strangeNumber } from '#src/core/summary-numbers.ts';

export type Source = Pick<
  Article,
  'headline' | 'lead' | 'text' | 'dateline' | 'byline' | 'section' | 'photos' | 'language'
>;

/** Graphemes. */
const longest = 400;
const shortest = 20;

/** Why a summary is not to be used, as the end of a sentence that begins with `it`; null when it may be. */
export function summaryFault(summary: string, article: Source): string | null {
  const text = oneLine(summary);
  const length = graphemesOf(text).length;
  if (length < shortest) return 'says nothing';
  if (length > longest) return `is longer than ${longest} characters`;
  // As it came, line by line, and as it would be posted: without the signs that nobody sees.
  const shown = [summary.trim(), text, text.normalize('NFKC')];
  for (const [pattern, fault] of forms) if (shown.some((one) => pattern.test(one))) return fault;
  if (!isWhole(text) && !endsWithoutMark.test(text)) return 'breaks off';

  const said = sourceText(article);
  const number = strangeNumber(text, said, article.language);
  if (number !== null) return `says ${number}, which the article does not`;
  if (isOtherLanguage(text, said)) return 'is in another language';
  const name = strangeName(text, said);
  return name === null ? null : `names ${name}, which the article does not`;
}

/** Everything readers of the article can see of it. */
export function sourceText({ headline, lead, text, dateline, byline, section, photos }: Source): string {
  const captions = photos.flatMap(({ caption, credit }) => [caption, credit]);
  const parts = [headline, lead, text, dateline?.text, ...byline, section, ...captions];
  return oneLine(parts.filter((part) => typeof part === 'string' && part !== '').join('\n'));
}

/** Scripts in which a sentence ends without a mark. */
const endsWithoutMark = /[\p{Script=Thai}\p{Script=Lao}][\p{M}"'”’»)\]]*$/u;

const forms: [RegExp, string][] = [
  [/https?:|www\./iu, 'holds an address'],
  // In small letters: `PGS.TS` and `TP.HCM` are none.
  [/(?<![\p{L}\p{N}.])[\p{L}\p{N}-]+[.。][a-z]{2,}(?![\p{L}\p{N}])/u, 'holds an address'],
  [/(?<![\p{L}\p{N}])[@＠]|@[\p{L}\p{N}]/u, 'holds a mention'],
  [/(?<![\p{L}\p{N}&])[#＃][\p{L}\p{N}]/u, 'holds a hashtag'],
  [/<[a-z!/?|]|&(#\d+|[a-z]+);|\*\*|__|`|\]\(|\{[{%]|\[\/?[A-Z]+\]|^\s*([-*•>]|#{1,6})\s/imu, 'holds markup'],
  [/^\s*\S[^\n]{0,40}[:：]\s*\n|\n\s*\n|^\s*(\d+[.)])\s/u, 'is no plain sentence'],
  [
    /^\W*(here(’|')?s|here is|sure\b|certainly|of course|summary|tl;dr|tóm tắt|(dưới )?đây là|bản tóm tắt|résumé|voici|zusammenfassung|hier ist|resumen|aquí|resumo|riassunto|ecco|резюме|краткое|ringkasan|要約|以下|摘要|总结|總結|요약|สรุป|ملخص|सारांश)[^.]{0,40}[:：]/iu,
    'speaks of itself',
  ],
  [
    /\b(as an ai|language model|i(’|')?m sorry|i cannot|i can(’|')t|i am unable|(the |this )?(article|text) (says|does not|doesn(’|')t)|ignore (all|any|the|previous|prior)|previous instructions|system prompt|my instructions|assistant:|user:|system:)|mô hình ngôn ngữ|tôi không thể|bỏ qua (mọi|tất cả|các) (chỉ dẫn|hướng dẫn|lệnh)/iu,
    'speaks of itself',
  ],
];

/** The words of a summary are mostly the article's own; in another language hardly any is. */
function isOtherLanguage(summary: string, said: string): boolean {
  const own = new Set(wordsOf(said));
  const words = wordsOf(summary).filter((word) => !/\p{N}/u.test(word));
  if (words.length === 0) return true;
  const shared = words.filter((word) => own.has(word)).length;
  return shared < words.length * 0.4;
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

function wordsOf(text: string): string[] {
  return [...segmenter.segment(text)].flatMap(({ segment, isWordLike }) => (isWordLike ? [segment.toLowerCase()] : []));
}
