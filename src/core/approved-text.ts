/** A text that a person wrote into a post, as the segments a channel needs. */
import { breakMentions } from '#src/core/mention.ts';
import type { PostLimits, Segment } from '#src/core/post.ts';
import { safeText, tidyLines } from '#src/core/post-text.ts';

/** Addresses are links and `#words` hashtags; `known` are the article's own addresses, whatever marks follow them. */
export function segmentsOf(
  text: string,
  known: readonly string[],
  { breakMentions: breaks }: Pick<PostLimits, 'breakMentions'>,
): Segment[] {
  const segments: Segment[] = [];
  const plain = (part: string) => {
    if (part !== '') segments.push({ kind: 'text', text: breaks ? breakMentions(part) : part });
  };
  const whole = tidyLines(safeText(text));
  let at = 0;
  for (const found of whole.matchAll(linkOrHashtag)) {
    const isLink = found[0].startsWith('http');
    const piece = isLink ? withoutMarks(found[0], known) : found[0];
    plain(whole.slice(at, found.index));
    segments.push(isLink ? { kind: 'link', text: piece, url: piece } : { kind: 'hashtag', text: piece });
    at = found.index + piece.length;
  }
  plain(whole.slice(at));
  return segments;
}

/** A hashtag has a letter; `#1` is a number, and what follows a letter or `&` is none. */
const linkOrHashtag =
  /https?:\/\/[\p{L}\p{N}[][^\s<>"]*|(?<![\p{L}\p{M}\p{N}_&])#(?=[\p{M}\p{N}_]*\p{L})[\p{L}\p{M}\p{N}_\u200C\u200D]+/gu;

/** What ends a sentence is no part of the address in it. */
function withoutMarks(address: string, known: readonly string[]): string {
  const own = known.find((link) => address.startsWith(link) && marksOnly.test(address.slice(link.length)));
  if (own) return own;
  const bare = address.replace(/(?<![.,;:!?'’”»…。，、！？])[.,;:!?'’”»…。，、！？]+$/u, '');
  return bare.endsWith(')') && !bare.includes('(') ? bare.slice(0, -1) : bare;
}

const marksOnly = /^[\p{P}\p{S}]*$/u;
