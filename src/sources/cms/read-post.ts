import type { RawArticle } from '#src/core/raw-article.ts';
import type { ArticleRef } from '#src/core/signal.ts';
import { htmlText } from '#src/markup/html-text.ts';
import { readArticlePage } from '#src/sources/article-page.ts';
import type { Cms } from '#src/sources/cms/cms.ts';
import type { CmsPost, PostPayload } from '#src/sources/cms/post.ts';
import type { SourceTools } from '#src/sources/source.ts';

/** The post as the poll found it, or as it stands now where it was too long to be kept. */
export async function readPost(ref: ArticleRef, cms: Cms): Promise<RawArticle | null> {
  const payload = ref.payload as PostPayload;
  if ('hints' in payload) return toRaw(payload);
  const { id } = payload;
  if (ref.sign === 'gone') return (await cms.present([id])).has(id) ? null : gone;
  const { posts, leftOut } = await cms.byIds([id]);
  const [post] = posts;
  if (post) return toRaw(post);
  const [refused] = leftOut;
  if (refused) throw new Error(refused.reason);
  return gone;
}

const gone: RawArticle = { kind: 'gone', certain: true, reason: 'it is no longer published' };

export function toRaw({ url, hints }: Pick<CmsPost, 'url' | 'hints'>): Extract<RawArticle, { kind: 'page' }> {
  return { kind: 'page', url, html: '', hints };
}

/** Bodies that a theme or a page builder keeps elsewhere are read from the article's page. */
export async function withBody(
  raw: Extract<RawArticle, { kind: 'page' }>,
  named: string,
  tools: SourceTools,
): Promise<RawArticle> {
  const { bodyHtml = '', ...hints } = raw.hints;
  if (raw.url === null || /<(?:img|iframe|video)\b/i.test(bodyHtml) || htmlText(bodyHtml) !== '') return raw;
  const page = await readArticlePage(raw.url, named, tools);
  return page.kind === 'page' ? { ...page, hints } : raw;
}
