/** A template filled with an article's values, as typed segments. */
import { breakMentions } from '#src/core/mention.ts';
import type { PostLimits, Segment } from '#src/core/post.ts';
import { safeText, tidyLines } from '#src/core/post-text.ts';
import { renderTemplate, type TemplateValues } from '#src/core/template.ts';

export type PostValues = Omit<TemplateValues, 'hashtags'> & { hashtags: string[] };

// Links and hashtags pass through the template as marks: private characters, which no text of an article holds any more.
const open = '\uE000';
const close = '\uE001';

export function fillTemplate(
  template: string,
  values: PostValues,
  limits: Pick<PostLimits, 'breakMentions' | 'linkShown'>,
): Segment[] {
  const marked = renderTemplate(safeText(template), {
    ...values,
    link: values.link && `${open}L${close}`,
    hashtags: values.hashtags.map((_, index) => `${open}${index}${close}`).join(' '),
  });
  const written = (text: string) => (limits.breakMentions ? breakMentions(text) : text);
  const segments: Segment[] = [];
  for (const part of tidyLines(withAddresses(marked, values.link).normalize('NFC')).split(/(\uE000(?:L|\d+)\uE001)/)) {
    const mark = /^\uE000(L|\d+)\uE001$/.exec(part)?.[1];
    if (mark === 'L') segments.push(linkSegment(values.link, limits.linkShown));
    else if (mark !== undefined) segments.push({ kind: 'hashtag', text: values.hashtags[Number(mark)]! });
    // A filter may have cut a mark in two.
    else if (part !== '') segments.push({ kind: 'text', text: written(part.replace(/[\uE000\uE001]/g, '')) });
  }
  return segments;
}

/** `{{ link | url_encode }}`: the link within an address of the template's own. */
function withAddresses(marked: string, link: string): string {
  return marked.replaceAll(encodeURIComponent(`${open}L${close}`), encodeURIComponent(link));
}

function linkSegment(url: string, shown = Number.POSITIVE_INFINITY): Segment {
  return { kind: 'link', text: shown === Number.POSITIVE_INFINITY ? url : shownAddress(url, shown), url };
}

/** `bao.example/rat-dai…`: what is cut off or left out is shown to be missing. */
function shownAddress(url: string, most: number): string {
  const plain = url.replace(/^https?:\/\/(www\.)?/i, '').replace(/\/$/, '');
  const path = plain.replace(/[?#].*$/s, '');
  const characters = [...path];
  if (characters.length < most) return path === plain ? plain : `${path}…`;
  return path === plain && characters.length === most ? plain : `${characters.slice(0, most - 1).join('')}…`;
}
