/** Changes or drops the images in a piece of HTML and leaves every other byte as it is. */
import { Parser } from 'htmlparser2';
import { escapeHtml } from '#src/markup/html-text.ts';

export interface NewImage {
  src: string;
  /** `ADDRESS 640w, ADDRESS 1280w` */
  srcset?: string;
  sizes?: string;
  width?: number;
  height?: number;
  /** The same picture in other formats, best first; with any, a `picture` goes around the image. */
  sources?: readonly { type: string; srcset: string; sizes: string }[];
  /** Default: the alt text it had. */
  alt?: string;
}

/**
 * `replace` is asked for every `img` with its `src` (entities decoded); null leaves that one as it is, `drop` takes it
 * out with the figure around it.
 */
export function rewriteImages(html: string, replace: (src: string) => NewImage | 'drop' | null): string {
  const edits: Edit[] = [];
  const figures: { from: number; dropped: boolean }[] = [];
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === 'figure') figures.push({ from: parser.startIndex, dropped: false });
      if (name !== 'img' || attributes['src'] === undefined) return;
      const image = replace(attributes['src']);
      if (!image) return;
      const figure = figures.at(-1);
      if (image === 'drop' && figure) figure.dropped = true;
      const text = image === 'drop' ? '' : imageTag(image, attributes['alt']);
      edits.push({ from: parser.startIndex, to: parser.endIndex + 1, text });
    },
    onclosetag(name) {
      const figure = name === 'figure' ? figures.pop() : undefined;
      if (figure?.dropped) edits.push({ from: figure.from, to: parser.endIndex + 1, text: '' });
    },
  });
  parser.write(html);
  parser.end();
  return applyEdits(html, edits);
}

interface Edit {
  from: number;
  to: number;
  text: string;
}

/** An edit wins over those inside it. */
function applyEdits(html: string, edits: Edit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { from, to, text } of edits.sort((a, b) => a.from - b.from || b.to - a.to)) {
    if (from < at) continue;
    parts.push(html.slice(at, from), text);
    at = to;
  }
  return parts.join('') + html.slice(at);
}

function imageTag(image: NewImage, alt: string | undefined): string {
  const { src, srcset, sizes, width, height, sources = [] } = image;
  const img = tag('img', { src, srcset, sizes, alt: image.alt ?? alt ?? '', width, height });
  if (sources.length === 0) return img;
  return `<picture>${sources.map((source) => tag('source', source)).join('')}${img}</picture>`;
}

function tag(name: string, attributes: Readonly<Record<string, string | number | undefined>>): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([attribute, value]) => `${attribute}="${escapeHtml(String(value))}"`);
  return `<${name} ${written.join(' ')}>`;
}
