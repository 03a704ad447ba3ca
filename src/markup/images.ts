/** Changes the images in a piece of HTML and leaves every other byte as it is. */
import { Parser } from 'htmlparser2';
import { escapeHtml } from '#src/markup/html.ts';

export interface NewImage {
  src: string;
  /** `ADDRESS 640w, ADDRESS 1280w` */
  srcset?: string;
  sizes?: string;
  width?: number;
  height?: number;
}

/** `replace` is asked for every `img` with its `src` (entities decoded); null leaves that one as it is. */
export function rewriteImages(html: string, replace: (src: string) => NewImage | null): string {
  const parts: string[] = [];
  let at = 0;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name !== 'img' || attributes['src'] === undefined) return;
      const image = replace(attributes['src']);
      if (!image) return;
      parts.push(html.slice(at, parser.startIndex), imageTag(image, attributes['alt']));
      at = parser.endIndex + 1;
    },
  });
  parser.write(html);
  parser.end();
  return parts.length === 0 ? html : parts.join('') + html.slice(at);
}

function imageTag(image: NewImage, alt: string | undefined): string {
  const { src, srcset, sizes, width, height } = image;
  const attributes = Object.entries({ src, srcset, sizes, alt: alt ?? '', width, height });
  const written = attributes
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}="${escapeHtml(String(value))}"`);
  return `<img ${written.join(' ')}>`;
}
