import { createRequire } from 'node:module';
import { readHeader } from '#src/photos/decoder.ts';
import { readIim } from '#src/photos/iim.ts';
import type { Work } from '#src/photos/work.ts';

// Its ES module is behind no entry that Node knows, and its CommonJS one names its exports where Node cannot see them.
const { sidecar } = createRequire(import.meta.url)('exifr') as typeof import('exifr');

/** Reads the words in the original: XMP before IPTC before EXIF. Broken metadata costs only itself. */
export async function readEmbedded(work: Work): Promise<void> {
  const { exif, iptc, xmp } = await readHeader(work.request.original);
  const { dc, photoshop, Iptc4xmpCore } = (xmp ? await parse(xmp, 'xmp') : {}) as Partial<Record<string, Fields>>;
  const fromIptc = iptc ? readIim(iptc) : new Map<number, string>();
  const fromExif = exif ? await parse(exif.subarray(exifPrefix), 'tiff') : {};
  work.embedded = {
    headline: first(photoshop?.['Headline'], fromIptc.get(105)),
    caption: first(dc?.['description'], fromIptc.get(120), fromExif['ImageDescription']),
    byline: first(dc?.['creator'], fromIptc.get(80), fromExif['Artist']),
    credit: first(photoshop?.['Credit'], fromIptc.get(110)),
    copyright: first(dc?.['rights'], fromIptc.get(116), fromExif['Copyright']),
    alt: first(Iptc4xmpCore?.['AltTextAccessibility']),
  };
}

type Fields = Record<string, unknown>;

// `Exif\0\0` stands before the TIFF header that exifr expects.
const exifPrefix = 6;

async function parse(bytes: Uint8Array, type: 'xmp' | 'tiff'): Promise<Fields> {
  try {
    return ((await sidecar(bytes, {}, type)) as Fields | undefined) ?? {};
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
