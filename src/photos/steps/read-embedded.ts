import { createRequire } from 'node:module';
import { readHeader } from '#src/photos/decoder.ts';
import { readIim } from '#src/photos/iim.ts';
import type { Work } from '#src/photos/work.ts';

// Its ES module is behind no entry that Node knows, and its CommonJS one names its exports where Node cannot see them.
const { sidecar } = createRequire(import.meta.url)('exifr') as typeof import('exifr');

/** Reads the words in the original: XMP before IPTC before EXIF. Broken metadata costs only itself. */
export async function readEmbedded(work: Work): Promise<void> {
  const { exif, iptc, xmp } = await readHeader(work.request.original);
  const fromXmp = xmp ? withoutEntities(await parse(xmp, 'xmp')) : {};
  const { dc, photoshop, Iptc4xmpCore } = fromXmp as Partial<Record<string, Fields>>;
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

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

/** exifr gives XMP's texts as they stand in the XML. */
function withoutEntities(fields: Fields): Fields {
  return JSON.parse(JSON.stringify(fields), (_key, value) =>
    typeof value === 'string' ? value.replace(/&(?:(\w+)|#(\d{1,7})|#x([0-9a-f]{1,6}));/gi, plainText) : value,
  );
}

function plainText(whole: string, name?: string, decimal?: string, hex?: string): string {
  if (name !== undefined) return entities[name] ?? whole;
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}

function first(...values: unknown[]): string | null {
  for (const value of values) {
    const text = textOf(value)?.normalize('NFC').trim();
    if (text) return text;
  }
  return null;
}

/** XMP texts come plain, as `{ lang, value }`, or as lists of either: names one after another, or one text in languages. */
function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) {
    const inLanguages = value.filter((each) => each && typeof each === 'object' && 'lang' in each);
    if (inLanguages.length > 0) {
      const usual = inLanguages.find(({ lang }) => lang === 'x-default');
      return textOf(usual ?? inLanguages[0]);
    }
    return value
      .map(textOf)
      .filter((text) => text !== null)
      .join(', ');
  }
  if (value && typeof value === 'object' && 'value' in value) return textOf(value.value);
  return null;
}
