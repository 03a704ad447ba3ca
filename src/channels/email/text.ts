/** The mail for programs that show text alone. */
import { captionOf, paragraphsOf } from '#src/channels/email/content.ts';
import type { Surroundings } from '#src/channels/email/html.ts';
import { fill, mailWords } from '#src/channels/email/words.ts';
import type { Post, Segment } from '#src/core/post.ts';

export function textOf(post: Post, { sender, leave }: Surroundings): string {
  const words = mailWords(post.language);
  const said = paragraphsOf(post.segments).map((paragraph) => paragraph.map(inline).join(''));
  const captions = post.photos.map(captionOf).filter(Boolean);
  const footer = ['-- ', fill(words.why, { name: sender }), `${words.leave}: ${leave}`].join('\n');
  return `${[...said, ...(captions.length > 0 ? [captions.map((line) => `* ${line}`).join('\n')] : []), footer].join('\n\n')}\n`;
}

function inline(segment: Segment): string {
  return segment.kind === 'link' && segment.text !== segment.url ? `${segment.text} (${segment.url})` : segment.text;
}
