import exifr from 'exifr';
import { openPicture } from '#src/photos/decoder.ts';
import { readIim } from '#src/photos/iim.ts';
import type { Work } from '#src/photos/pipeline.ts';

/** Reads the words in the original: XMP before IPTC before EXIF. Broken metadata costs only itself. */
export async function readEmbedded(work: Work): Promise<void> {
  const { exif, iptc, xmp } = await openPicture(work.request.original).metadata();
  const fromXmp = xmp ? await parse(xmp, 'xmp') : {};
  const fromIptc = iptc ? readIim(iptc) : new Map<number, string>();
  const fromExif = exif ? await parse(exif.subarray(exifPrefix), 'tiff') : {};
  work.embedded = {
    headline: first(fromXmp['Headline'], fromIptc.get(105)),
    caption: first(fromXmp['description'], fromIptc.get(120), fromExif['ImageDescription']),
    byline: first(fromXmp['creator'], fromIptc.get(80), fromExif['Artist']),
    credit: first(fromXmp['Credit'], fromIptc.get(110)),
    copyright: first(fromXmp['rights'], fromIptc.get(116), fromExif['Copyright']),
    alt: first(fromXmp['AltTextAccessibility']),
  };
}

// `Exif\0\0` stands before the TIFF header that exifr expects.
const exifPrefix = 6;

const options = {
  tiff: true,
  ifd0: { pick: ['ImageDescription', 'Artist', 'Copyright'] },
  exif: false,
  gps: false,
  interop: false,
  ifd1: false,
  xmp: true,
  mergeOutput: true,
};

async function parse(bytes: Uint8Array, type: 'xmp' | 'tiff'): Promise<Record<string, unknown>> {
  try {
    return ((await exifr.sidecar(bytes, options, type)) as Record<string, unknown> | undefined) ?? {};
  } catch {
    return {};
  }
}

function first(...values: unknown[]): string | null {
  for (const value of values) {
    const text = textOf(value)?.normalize('NFC').trim();
    if (text) return text;
  }
  return null;
}

/** XMP texts come plain, as `{ lang, value }`, or as lists of either. */
function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) {
    return value
      .map(textOf)
      .filter((text) => text !== null)
      .join(', ');
  }
  if (value && typeof value === 'object' && 'value' in value) return textOf(value.value);
  return null;
}
