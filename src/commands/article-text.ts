/** An article as Loa understands it, for a person to compare with the page. */
import type { ReadArticle } from '#src/commands/read-target.ts';
import type { Photo } from '#src/core/article.ts';
import { formatDateTime } from '#src/core/time.ts';

const indent = '  ';
const labelWidth = 11;

export function articleText({ article, timezone, how }: Pick<ReadArticle, 'article' | 'timezone' | 'how'>): string {
  const time = (at: string | null) => at && `${formatDateTime(Date.parse(at), timezone)} (${timezone})`;
  const paragraphs = article.text.split('\n\n').filter(Boolean).length;
  return [
    article.headline,
    ...row('address', article.url),
    ...row('published', time(article.publishedAt)),
    ...row('updated', article.updatedAt === article.publishedAt ? null : time(article.updatedAt)),
    ...row('section', article.section),
    ...row('tags', article.tags.join(', ')),
    ...row('language', article.language),
    ...row('byline', article.byline.join(', ')),
    ...row('dateline', article.dateline && [article.dateline.text, article.dateline.date].filter(Boolean).join(' = ')),
    ...row('lead', article.lead),
    ...row('text', `${paragraphs} paragraphs, ${[...article.text].length} characters`),
    ...article.photos.flatMap((photo, index) => photoRows(photo, index)),
    ...article.attachments.flatMap(({ url, title }) => row('attached', title ? `${title} ${url}` : url)),
    ...article.removed.flatMap((cut) => row('cut', shortened(cut))),
    ...article.doubts.flatMap((doubt) => row('guessed', doubt)),
    ...row('how', how),
  ].join('\n');
}

function photoRows({ url, caption, credit, alt, width, height }: Photo, index: number): string[] {
  const size = width && height ? ` ${width}×${height}` : '';
  return [
    ...row(`photo ${index + 1}`, `${url ?? 'pasted without its picture'}${size}`),
    ...row('', caption && `caption: ${caption}`),
    ...row('', credit && `credit: ${credit}`),
    ...row('', alt && `alt: ${alt}`),
  ];
}

function row(label: string, value: string | null): string[] {
  return value ? [`${indent}${label.padEnd(labelWidth)}${value.replaceAll('\n', ' ')}`] : [];
}

function shortened(text: string): string {
  const characters = [...text.replaceAll('\n', ' ')];
  return characters.length > 100 ? `${characters.slice(0, 99).join('')}…` : characters.join('');
}
