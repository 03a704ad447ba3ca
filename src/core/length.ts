/** Counting a post as its service does. */
import type { LengthUnit, PostLimits, Segment } from '#src/core/post.ts';

/** What readers see, joined. */
export function postText(segments: readonly Segment[]): string {
  return segments.map((segment) => segment.text).join('');
}

/** The post's length in the service's unit, links at what they count there. */
export function postLength(
  segments: readonly Segment[],
  { unit, linkLength, counted = (text) => text }: Pick<PostLimits, 'unit' | 'linkLength' | 'counted'>,
): number {
  const countedText = ({ kind, text }: Segment): string => (kind === 'text' ? counted(text) : text);
  if (linkLength === null) return textLength(segments.map(countedText).join(''), unit);
  const links = segments.filter((segment) => segment.kind === 'link').length;
  // Counted piece by piece: characters on both sides of a link must not count as one.
  const texts = segments.map((segment) => (segment.kind === 'link' ? 0 : textLength(countedText(segment), unit)));
  return texts.reduce((sum, length) => sum + length, links * linkLength);
}

/** Whether the service takes so long a text, by every measure it has. */
export function fitsLength(segments: readonly Segment[], limits: PostLimits): boolean {
  const { length, also } = limits;
  if (length !== null && postLength(segments, limits) > length) return false;
  return also === undefined || postLength(segments, { ...limits, unit: also.unit }) <= also.length;
}

/** Length of a text in a unit. */
export function textLength(text: string, unit: LengthUnit): number {
  switch (unit) {
    case 'graphemes':
      return [...graphemes.segment(text)].length;
    case 'code points':
      return [...text].length;
    case 'utf-16 units':
      return text.length;
    case 'utf-8 bytes':
      return Buffer.byteLength(text);
    case 'weighted':
      return weightedLength(text);
  }
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The user-perceived characters of a text: a cut is only right between them. */
export function graphemesOf(text: string): string[] {
  return [...graphemes.segment(text)].map(({ segment }) => segment);
}

/** The first `most` graphemes, without looking at the rest. */
export function startOf(text: string, most: number): string {
  if (text.length <= most) return text;
  let count = 0;
  for (const { index } of graphemes.segment(text)) if (count++ === most) return text.slice(0, index);
  return text;
}

/** X's count (twitter-text configuration v3): an emoji 2, code points 1 in the light ranges, else 2; after NFC. */
function weightedLength(text: string): number {
  let weight = 0;
  for (const { segment } of graphemes.segment(text.normalize('NFC'))) {
    if (/\p{RGI_Emoji}/v.test(segment)) weight += 2;
    else for (const char of segment) weight += isLight(char.codePointAt(0)!) ? 1 : 2;
  }
  return weight;
}

function isLight(code: number): boolean {
  return (
    code <= 0x10ff ||
    (code >= 0x2000 && code <= 0x200d) ||
    (code >= 0x2010 && code <= 0x201f) ||
    (code >= 0x2032 && code <= 0x2037)
  );
}
