/** A place in bold before the first sentence: `<strong>Jakarta</strong> - The …`, told from a name by how it is set. */
import type { BodyBlock } from '#src/articles/blocks.ts';
import type { Profile } from '#src/core/profile.ts';
import { tidy } from '#src/core/text.ts';
import { isElement, textOf } from '#src/markup/html.ts';

/** Capitalised words alone, with a paper's name behind a comma at most. */
const place = /^\p{Lu}[\p{L}\p{M}.’'-]*(?:,? \p{Lu}[\p{L}\p{M}.’'-]*){0,4}$/u;
const longest = 40;

/** The profile that knows the place as a tag; a place on a line of its own joins the paragraph under it. */
export function withBoldPlace(blocks: readonly BodyBlock[], profile: Profile): Profile {
  const [first, second] = blocks.filter((block) => !block.photo);
  const opening = [...(first?.element.childNodes ?? [])].find((node) => textOf(node).trim() !== '');
  if (!first || !isElement(opening) || !/^(?:strong|b)$/.test(opening.localName)) return profile;
  const tag = tidy(textOf(opening)).replace(/\s*[-–—]+$/u, '');
  const rest = first.text.slice(tag.length);
  if (tag.length > longest || !place.test(tag) || !/^\s*[-–—]+(?:\s|$)/u.test(rest)) return profile;
  if (/^[\s–—-]*$/u.test(rest)) {
    if (second?.element.localName !== 'p') return profile;
    second.element.prepend(...first.element.childNodes);
    first.element.remove();
  }
  return { ...profile, dateline: { ...profile.dateline, tags: [...profile.dateline.tags, tag] } };
}
