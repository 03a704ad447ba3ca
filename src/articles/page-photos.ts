/** Photos a page names outside its body. */

import { isObject, type JsonObject, listOf, textOfValue } from '#src/articles/json-ld.ts';
import { metaContents } from '#src/articles/meta-tags.ts';
import { isDecorationFile } from '#src/articles/photo-decoration.ts';
import { plain } from '#src/articles/plain.ts';
import { baseOf, type HtmlDocument } from '#src/markup/html.ts';
import { absoluteUrl } from '#src/markup/html-text.ts';

export interface PagePhoto {
  url: string;
  caption: string | null;
  credit: string | null;
  alt: string | null;
  width: number | null;
  height: number | null;
}

/** Those of its own data first, then the one it shares. */
export function photosOf(document: HtmlDocument, data: JsonObject): PagePhoto[] {
  const base = baseOf(document);
  const structured = listOf(data['image']).flatMap((image): PagePhoto[] => {
    const url = absoluteUrl(textOfValue(image, 'contentUrl') ?? textOfValue(image, 'url'), base);
    const fields = isObject(image) ? image : {};
    if (!url) return [];
    const text = (key: string) => plain(textOfValue(fields[key]));
    return [
      {
        url,
        caption: text('caption'),
        credit: text('creditText') ?? text('creator') ?? text('author') ?? text('copyrightHolder'),
        alt: null,
        width: size(fields['width']),
        height: size(fields['height']),
      },
    ];
  });
  const [shared] = metaContents(document, ['og:image', 'og:image:url', 'twitter:image']);
  const url = absoluteUrl(shared, base);
  if (!url || isShareSign(url) || structured.some((photo) => photo.url === url)) return structured;
  const meta = (name: string) => metaContents(document, [name])[0] ?? null;
  return [
    ...structured,
    {
      url,
      caption: null,
      credit: null,
      alt: meta('og:image:alt'),
      width: size(meta('og:image:width')),
      height: size(meta('og:image:height')),
    },
  ];
}

/** What a page shares where the story has no photo: the paper's own sign. */
function isShareSign(url: string): boolean {
  const file = new URL(url).pathname.split('/').at(-1) ?? '';
  if (isDecorationFile(url, null)) return true;
  return /logo|favicon|(?:^|[-_])(?:default|share|sharing|social|fallback|no-?image|og)(?=[-_.]|$)/i.test(file);
}

function size(value: unknown): number | null {
  const number = Number.parseInt(String(textOfValue(value, 'value') ?? value), 10);
  return number > 0 && number < 100_000 ? number : null;
}
