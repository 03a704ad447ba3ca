/** Holds what was read of a page against what an editor would find in it. */
import type { Article } from '#src/core/article.ts';
import type { Expected, FixturePage } from '#tests/fixtures/pages/page.ts';

export interface Miss {
  page: string;
  field: keyof typeof weights | 'alt' | 'attachments';
  expected: unknown;
  got: unknown;
}

/** Of one page or many: how often each thing could be right, and how often it was. */
export type Score = Record<keyof typeof weights, { right: number; of: number }>;

const weights = {
  'photo recall': 0,
  'photo precision': 0,
  caption: 0,
  credit: 0,
  byline: 0,
  headline: 0,
  lead: 0,
  'caption in lead': 0,
  boilerplate: 0,
  lost: 0,
  dateline: 0,
  'published at': 0,
  language: 0,
  section: 0,
} as const;

export const fields = Object.keys(weights) as (keyof typeof weights)[];

export function scorePage({ name, expected }: FixturePage, article: Article): { score: Score; misses: Miss[] } {
  const score = emptyScore();
  const misses: Miss[] = [];
  const note = (field: Miss['field'], isRight: boolean, wanted: unknown, got: unknown) => {
    if (field in score) {
      score[field as keyof Score].of += 1;
      score[field as keyof Score].right += isRight ? 1 : 0;
    }
    if (!isRight) misses.push({ page: name, field, expected: wanted, got });
  };
  scorePhotos(expected, article, note);
  const equal = (field: Miss['field'], wanted: unknown, got: unknown) =>
    note(field, JSON.stringify(wanted) === JSON.stringify(got), wanted, got);
  equal('headline', tidy(expected.headline), tidy(article.headline));
  equal('lead', tidy(expected.lead), tidy(article.lead));
  equal('byline', expected.byline, article.byline);
  equal('dateline', expected.dateline, article.dateline);
  if (expected.section !== undefined) equal('section', expected.section, article.section);
  if (expected.publishedAt !== null) equal('published at', instant(expected.publishedAt), instant(article.publishedAt));
  equal('language', expected.language, article.language.split('-')[0]);
  equal(
    'attachments',
    expected.attachments,
    article.attachments.map(({ url, title }) => ({ url, title })),
  );
  const captions = expected.photos.flatMap(({ caption }) => (caption ? [tidy(caption)] : []));
  note('caption in lead', !captions.some((caption) => tidy(article.lead).includes(caption)), '', article.lead);
  const left = expected.absent.filter((phrase) => stands(phrase, article));
  note('boilerplate', left.length === 0, [], left);
  const lost = lostOf(expected, article);
  note('lost', lost.length === 0, [], lost);
  return { score, misses };
}

export function emptyScore(): Score {
  return Object.fromEntries(fields.map((field) => [field, { right: 0, of: 0 }])) as Score;
}

export function addScores(scores: readonly Score[]): Score {
  const sum = emptyScore();
  for (const score of scores) {
    for (const field of fields) {
      sum[field].right += score[field].right;
      sum[field].of += score[field].of;
    }
  }
  return sum;
}

/** The share that was right; 1 where nothing was asked. */
export function shareOf({ right, of }: { right: number; of: number }): number {
  return of === 0 ? 1 : right / of;
}

type Note = (field: Miss['field'], isRight: boolean, wanted: unknown, got: unknown) => void;

function scorePhotos({ photos }: Expected, article: Article, note: Note): void {
  const wanted = new Set(photos.map(({ url }) => url));
  for (const { url } of article.photos) note('photo precision', wanted.has(url ?? ''), 'no such photo', url);
  const seen = article.photos.map(({ url }) => url);
  for (const [index, url] of seen.entries())
    if (seen.indexOf(url) !== index) note('photo precision', false, 'once', url);
  for (const photo of photos) {
    const got = article.photos.find(({ url }) => url === photo.url);
    note('photo recall', Boolean(got), photo.url, seen);
    if (!got) continue;
    note('caption', line(got.caption) === line(photo.caption), photo.caption, got.caption);
    note('credit', line(got.credit) === line(photo.credit), photo.credit, got.credit);
    if (line(got.alt) !== line(photo.alt)) note('alt', false, photo.alt, got.alt);
  }
}

/** Short phrases are often words of a story too: only at the start of a short block are they boilerplate. */
function stands(phrase: string, article: Article): boolean {
  const wanted = tidy(phrase);
  const blocks = [...article.text.split('\n'), ...blocksOf(article.html)].map(tidy);
  if (wanted.length >= 20) return blocks.some((block) => block.includes(wanted));
  return blocks.some((block) => block.startsWith(wanted) && block.length < wanted.length + 30);
}

function lostOf({ texts, items, quotes, rows }: Expected, article: Article): string[] {
  const text = tidy(`${article.lead}\n${article.text}`);
  const html = tidy(blocksOf(article.html).join('\n'));
  const missing = [...texts, ...items, ...quotes].filter(
    (part) => !text.includes(tidy(part)) || !html.includes(tidy(part)),
  );
  return [...missing, ...rows.flat().filter((cell) => !html.includes(tidy(cell)))];
}

/** The blocks of a body without its captions. */
function blocksOf(html: string): string[] {
  return html
    .replace(/<figcaption\b.*?<\/figcaption>/gs, '')
    .split(/<\/?(?:p|h\d|li|ul|ol|td|th|tr|table|blockquote|figure|br)\b[^>]*>/)
    .map((part) =>
      part
        .replace(/<[^>]*>/g, '')
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&nbsp;', ' ')
        .replaceAll('&amp;', '&'),
    )
    .filter((part) => part.trim() !== '');
}

function line(text: string | null): string {
  return tidy(text ?? '').replace(/[.。]$/u, '');
}

function tidy(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\s\u3000\u00a0]+/gu, ' ')
    .trim();
}

function instant(date: string | null): string | null {
  return date === null ? null : new Date(date).toISOString();
}
