import { z } from 'zod';
import type { Hints } from '#src/core/raw-article.ts';
import { absoluteUrl, htmlText } from '#src/markup/html-text.ts';
import { photoStandsIn } from '#src/sources/cms/same-photo.ts';

type PhotoHint = NonNullable<Hints['photos']>[number];

const media = z.object({
  id: z.number().catch(0),
  source_url: z.string(),
  mime_type: z.string().catch('image/jpeg'),
  alt_text: z.string().catch(''),
  caption: z.object({ rendered: z.string().catch('') }).catch({ rendered: '' }),
  media_details: z
    .object({
      width: z.number().int().positive().nullish().catch(null),
      height: z.number().int().positive().nullish().catch(null),
      // Out of the file itself: EXIF and IPTC.
      image_meta: z.object({ credit: z.string().catch('') }).catch({ credit: '' }),
    })
    .partial()
    .catch({}),
});

/**
 * The featured photo as it was uploaded, with what the media library says of it; null where there is none, and where the
 * body shows it too.
 */
export function featuredPhoto(embedded: readonly unknown[], bodyHtml: string, base: string | null): PhotoHint | null {
  const { data } = media.safeParse(embedded[0]);
  const url = absoluteUrl(data?.source_url, base);
  if (!data || url === null || !data.mime_type.startsWith('image/')) return null;
  if (new RegExp(`\\bwp-image-${data.id}\\b`).test(bodyHtml) || photoStandsIn(bodyHtml, url)) return null;
  const { width, height, image_meta } = data.media_details;
  const caption = htmlText(data.caption.rendered);
  const credit = htmlText(image_meta?.credit ?? '');
  const alt = htmlText(data.alt_text);
  return {
    url,
    ...(caption && { caption }),
    ...(credit && { credit }),
    ...(alt && { alt }),
    ...(width && height && { width, height }),
  };
}
