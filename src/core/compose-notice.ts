/** What stands below a post whose article was corrected or withdrawn. */
import { type Composition, composePost, noLink } from '#src/core/compose.ts';
import { noticeWords } from '#src/core/notice-words.ts';
import type { Post } from '#src/core/post.ts';

export type Notice = 'correction' | 'withdrawal';

/**
 * The channel's own template, else plain words in the article's language; no photos. Of a withdrawn article no link: its
 * page is gone. Throws a `UserError` for a template that cannot be used.
 */
export function composeNotice(
  notice: Notice,
  { article, channel, site, ...rest }: Omit<Composition, 'photos' | 'fitted'>,
): Post {
  const { compose } = channel;
  const words = noticeWords(article.language || site.language);
  const template = compose[notice] ?? plainTemplates[notice](words[notice]);
  const post = composePost({
    ...rest,
    article: { ...article, photos: [], ...(notice === 'withdrawal' && { url: null }) },
    photos: [],
    channel: { compose: { ...compose, template, photos: 0 } },
    site,
  });
  const facts = { ...post.article, url: article.url };
  return notice === 'withdrawal'
    ? { ...post, article: facts, notes: post.notes.filter((note) => note !== noLink) }
    : post;
}

/** A correction tells what holds now: the headline is often the same as before. */
const plainTemplates: Readonly<Record<Notice, (words: string) => string>> = {
  correction: (words) => `${words}{{headline}}\n\n{{summary}}\n\n{{link}}`,
  withdrawal: (words) => `${words}\n\n{{headline}}`,
};
