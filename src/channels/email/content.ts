/** What a mail says, before it is HTML or plain text. */
import { graphemesOf } from '#src/core/length.ts';
import type { Post, PostPhoto, Segment } from '#src/core/post.ts';
import { oneLine, safeText } from '#src/core/post-text.ts';

/** The post's paragraphs, as empty lines part them; texts without anything that disguises others. */
export function paragraphsOf(segments: readonly Segment[]): Segment[][] {
  const paragraphs: Segment[][] = [[]];
  for (const segment of segments) {
    const parts = segment.kind === 'text' ? safeText(segment.text).split(/\n\s*\n/) : [oneLine(segment.text)];
    for (const [index, text] of parts.entries()) {
      if (index > 0) paragraphs.push([]);
      if (text !== '') paragraphs.at(-1)!.push({ ...segment, text });
    }
  }
  return paragraphs.map(trimmed).filter((paragraph) => paragraph.length > 0);
}

function trimmed(paragraph: Segment[]): Segment[] {
  return paragraph
    .map((segment, index) => {
      if (segment.kind !== 'text') return segment;
      const start = index === 0 ? segment.text.trimStart() : segment.text;
      return { ...segment, text: index === paragraph.length - 1 ? start.trimEnd() : start };
    })
    .filter(({ text }) => text !== '');
}

/** The photo's printed line, with whose it is; empty where there is none. */
export function captionOf({ caption, credit }: PostPhoto): string {
  const text = oneLine(caption ?? '');
  const owner = oneLine(credit ?? '');
  if (owner === '' || text.includes(owner)) return text;
  return text === '' ? owner : `${text} (${owner})`;
}

/** For those who cannot see it. */
export function altOf(photo: PostPhoto): string {
  return oneLine(photo.alt ?? '') || captionOf(photo);
}

const longestSubject = 150;

/** One line of 150 characters at most. */
export function subjectOf(post: Post, prefix: string, isReply: boolean): string {
  const words = isReply ? replyWords(post) : [post.article.headline];
  // Programs would decode `=?utf-8?…?=` in a headline, and show what nobody here has looked at.
  const subject = [prefix, ...words].map(oneLine).filter(Boolean).join(' ').replaceAll('=?', '= ?');
  const characters = graphemesOf(subject);
  if (characters.length <= longestSubject) return subject;
  return `${characters
    .slice(0, longestSubject - 1)
    .join('')
    .trimEnd()}…`;
}

/** What has happened to the article stands at the top of the reply; a template may put it elsewhere. */
function replyWords({ article, segments }: Post): string[] {
  const headline = oneLine(article.headline);
  const [first = []] = paragraphsOf(segments);
  const line = oneLine(first.map(({ text }) => text).join(''));
  if (line.endsWith(headline)) return [line];
  const isNotice = first.every(({ kind }) => kind === 'text') && graphemesOf(line).length <= longestNotice;
  return [isNotice ? line : 'Re:', headline];
}

const longestNotice = 60;

/** Readers' programs show it beside the subject. */
export function previewOf({ article }: Post): string {
  return graphemesOf(oneLine(article.summary)).slice(0, 200).join('');
}

/** Only these lead anywhere from a mail. */
export function isWebAddress(url: string): boolean {
  return /^https?:\/\//i.test(url) && URL.canParse(url);
}
