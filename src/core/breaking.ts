import type { Article } from '#src/core/article.ts';
import { matches } from '#src/core/only.ts';
import type { ChannelSettings } from '#src/core/settings.ts';

/** News that cannot wait on this channel: it neither settles nor keeps quiet hours or a gap. */
export function isBreaking(
  { breaking }: Pick<ChannelSettings, 'breaking'>,
  article: Pick<Article, 'section' | 'tags' | 'language'>,
): boolean {
  const named = { ...article, sourceId: '' };
  return (
    (breaking?.section !== undefined && matches({ section: breaking.section }, named)) ||
    (breaking?.tag !== undefined && matches({ tag: breaking.tag }, named))
  );
}
