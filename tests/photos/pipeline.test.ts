import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import exifr from 'exifr';
import sharp, { type Sharp } from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
// Last: from here on only the loaders that photos need are open.
import { renderPicture } from '#src/photos/pipeline.ts';
import type { RenderRequest, RenderResult, WrittenText } from '#src/photos/request.ts';
import { cameraPhoto, colourAt, flag, hugePng, iptcSegment, widths } from '#tests/photos/pictures.ts';

const silent: WrittenText = { description: null, artist: null, copyright: null };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loa-pipeline-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function render(
  picture: Uint8Array,
  credit = silent,
  asked = widths,
  more: Partial<RenderRequest> = {},
): Promise<RenderResult> {
  const original = join(folder, 'original.bin');
  await writeFile(original, picture);
  return renderPicture({
    original,
    folder,
    widths: asked,
    formats: ['jpeg'],
    otherFormats: [],
    card: false,
    credit,
    ...more,
  });
}

async function rendered(picture: Uint8Array, credit = silent, asked = widths, more: Partial<RenderRequest> = {}) {
  const result = await render(picture, credit, asked, more);
  if (result.kind !== 'rendered') throw new Error(JSON.stringify(result));
  return result;
}

const file = (width: number) => join(folder, `${width}.jpg`);

describe('sizes and turns', () => {
  test('Every width is written, with its measures and bytes', async () => {
    const result = await rendered(await flag().jpeg().toBuffer());
    expect(result).toMatchObject({ width: 800, height: 600 });
    expect(result.renditions.map(({ width, height, format }) => [width, height, format])).toEqual([
      [320, 240, 'jpeg'],
      [640, 480, 'jpeg'],
    ]);
    for (const { width, height, bytes } of result.renditions) {
      const content = await readFile(file(width));
      expect(content.length).toBe(bytes);
      expect(await sharp(content).metadata()).toMatchObject({
        width,
        height,
        format: 'jpeg',
        space: 'srgb',
        channels: 3,
      });
    }
    expect((await readdir(folder)).sort()).toEqual(['320.jpg', '640.jpg', 'original.bin']);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('A photo stored with orientation %i comes out upright', async (orientation) => {
    // The stored pixels are the upright ones turned back, so that a viewer that honours the tag sees the flag.
    const turned = await sharp(await turnedBack(orientation))
      .jpeg()
      .withMetadata({ orientation })
      .toBuffer();
    const result = await rendered(turned);
    expect(result).toMatchObject({ width: 800, height: 600 });
    expect(await colourAt(file(320), 0.1, 0.1)).toBe('green');
    expect(await colourAt(file(320), 0.1, 0.9)).toBe('red');
    expect(await colourAt(file(320), 0.9, 0.1)).toBe('blue');
    expect((await exifr.orientation(await readFile(file(320)))) ?? 1).toBe(1);
  });

  test('A strip of one pixel width keeps its measures', async () => {
    const strip = await sharp({ create: { width: 1, height: 60_000, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    expect((await rendered(strip)).renditions).toMatchObject([{ width: 1, height: 60_000 }]);
  });

  test('Files that stand there already are kept as they are', async () => {
    await writeFile(file(320), 'kept');
    const { renditions } = await rendered(await flag().jpeg().toBuffer());
    expect(renditions[0]).toEqual({ width: 320, height: 240, format: 'jpeg', bytes: 4 });
    expect(await readFile(file(320), 'utf8')).toBe('kept');
  });
});

describe('kinds', () => {
  test('A CMYK photo comes out in sRGB', async () => {
    await rendered(await flag().toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer());
    expect(await sharp(file(640)).metadata()).toMatchObject({ space: 'srgb', channels: 3 });
    expect(await colourAt(file(640), 0.25, 0.75)).toBe('red');
  });

  test('A wide-gamut photo comes out in sRGB, its colours converted', async () => {
    await rendered(await flag().withIccProfile('p3').jpeg({ quality: 95 }).toBuffer());
    const { data } = await sharp(file(640))
      .extract({ left: 100, top: 400, width: 1, height: 1 })
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect((await sharp(file(640)).metadata()).icc).toBeUndefined();
    expect(Math.abs(data[0]! - 200)).toBeLessThan(6);
  });

  test('A 16-bit PNG comes out in 8 bits', async () => {
    const deep = await flag().toColourspace('rgb16').png().toBuffer();
    expect((await sharp(deep).metadata()).depth).toBe('ushort');
    await rendered(deep);
    expect(await sharp(file(640)).metadata()).toMatchObject({ depth: 'uchar', space: 'srgb' });
    expect(await colourAt(file(640), 0.75, 0.5)).toBe('blue');
  });

  test('What is transparent becomes white', async () => {
    const clear = await sharp({
      create: { width: 400, height: 300, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer();
    await rendered(clear);
    expect([...(await sharp(file(320)).raw().toBuffer()).subarray(0, 3)]).toEqual([255, 255, 255]);
  });

  test('A grey photo comes out like any other', async () => {
    await rendered(await flag().greyscale().jpeg().toBuffer());
    expect((await sharp(file(640)).metadata()).format).toBe('jpeg');
  });

  test.each(['gif', 'webp'] as const)('Of an animated %s the first frame is taken', async (kind) => {
    const frames = await sharp(
      [await flag(400, 300).png().toBuffer(), await flag(400, 300).negate().png().toBuffer()],
      { join: { animated: true } },
    )
      .toFormat(kind)
      .toBuffer();
    const result = await rendered(frames);
    expect(result).toMatchObject({ width: 400, height: 300 });
    expect(await colourAt(file(320), 0.25, 0.75)).toBe('red');
  });

  test.each(['png', 'webp', 'avif'] as const)('A %s photo is accepted, whatever its name', async (kind) => {
    await rendered(await flag().toFormat(kind).toBuffer());
    expect(await colourAt(file(640), 0.25, 0.75)).toBe('red');
  });
});

describe('words', () => {
  test('Place and serial numbers are dropped, the credit stays', async () => {
    const photo = await cameraPhoto();
    expect((await exifr.gps(photo)).latitude).toBeCloseTo(21.85);
    await rendered(photo);
    const told = await exifr.parse(await readFile(file(640)), true);
    expect(told).toMatchObject({
      Artist: 'Nguyen Lam',
      Copyright: 'Bao Binh Lang',
      ImageDescription: 'Ruong bac thang',
    });
    expect(JSON.stringify(told)).not.toMatch(/GPS|latitude|Serial|Kamera/i);
    expect(await readFile(file(640), 'latin1')).not.toMatch(/SN-20481632|LS-77/);
  });

  test('The article’s caption and credit are written in full, in any script', async () => {
    const credit = {
      description: 'Sương sớm ở Nà Pheo (ảnh tư liệu)',
      artist: 'Hoàng Lâm 写真 😀',
      copyright: 'Báo Bình Lãng',
    };
    await rendered(await cameraPhoto(), credit);
    expect(await exifr.parse(await readFile(file(320)))).toMatchObject({
      ImageDescription: credit.description,
      Artist: credit.artist,
    });
    // The owner named in the picture itself comes first.
    expect(await exifr.parse(await readFile(file(320)))).toMatchObject({ Copyright: 'Bao Binh Lang' });
  });

  test('A caption of any length leaves a whole file', async () => {
    await rendered(await flag().jpeg().toBuffer(), { ...silent, description: 'mưa '.repeat(50_000) });
    expect((await exifr.parse(await readFile(file(320)))).ImageDescription).toHaveLength(1999);
    expect(await colourAt(file(320), 0.25, 0.75)).toBe('red');
  });

  test('IPTC is read before EXIF, in UTF-8 and in the Vietnamese code page', async () => {
    const photo = await cameraPhoto();
    const withIptc = (segment: Buffer) => Buffer.concat([photo.subarray(0, 2), segment, photo.subarray(2)]);
    const utf8 = iptcSegment(
      { 120: Buffer.from('Lễ hội đèn lồng'), 80: Buffer.from('Thu An'), 110: Buffer.from('TTX') },
      true,
    );
    expect((await rendered(withIptc(utf8))).embedded).toMatchObject({
      caption: 'Lễ hội đèn lồng',
      byline: 'Thu An',
      credit: 'TTX',
      copyright: 'Bao Binh Lang',
    });
    const legacy = iptcSegment({ 120: Buffer.from([0x48, 0xf4, 0xec, 0x69]) }); // “Hô” + combining acute + “i”
    expect((await rendered(withIptc(legacy))).embedded.caption).toBe('Hối');
  });

  test('XMP is read first, with the text for the blind apart', async () => {
    const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
      xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
      xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" photoshop:Credit="Báo Bình Lãng">
      <dc:description><rdf:Alt><rdf:li xml:lang="en">Market</rdf:li><rdf:li xml:lang="x-default">Chợ phiên &lt;buổi sớm&gt; &amp; trưa &#x1F600;</rdf:li></rdf:Alt></dc:description>
      <dc:creator><rdf:Seq><rdf:li>Thu An</rdf:li><rdf:li>Đức Trần</rdf:li></rdf:Seq></dc:creator>
      <Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">Hai người phụ nữ bán rau</rdf:li></rdf:Alt></Iptc4xmpCore:AltTextAccessibility>
      </rdf:Description></rdf:RDF></x:xmpmeta>`;
    const { embedded } = await rendered(await flag().jpeg().withXmp(xmp).toBuffer());
    expect(embedded).toMatchObject({
      caption: 'Chợ phiên <buổi sớm> & trưa 😀',
      byline: 'Thu An, Đức Trần',
      credit: 'Báo Bình Lãng',
      alt: 'Hai người phụ nữ bán rau',
    });
  });

  test('Bytes behind the picture are dropped', async () => {
    const script = '<script>alert(1)</script>PK\x03\x04 archive';
    await rendered(Buffer.concat([await flag().png().toBuffer(), Buffer.from(script)]));
    expect(await readFile(file(640), 'latin1')).not.toContain('script');
  });
});

describe('refused', () => {
  const svg = Buffer.from(
    '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
  );

  test.each<[string, () => Promise<Uint8Array>, RegExp]>([
    [
      'An SVG',
      async () => svg,
      /SVG pictures are not accepted: they may carry scripts; ask the desk for a JPEG or PNG/,
    ],
    ['An empty file', async () => Buffer.alloc(0), /empty/],
    ['A web page', async () => Buffer.from('\n<!DOCTYPE html><html>'), /web page/],
    ['A PDF', async () => Buffer.from('%PDF-1.7 '), /PDF documents/],
    ['A TIFF', () => flag().tiff().toBuffer(), /TIFF/],
    ['A HEIC', async () => Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), /HEIC/],
    ['A video', async () => Buffer.from('\0\0\0\x18ftypisom\0\0\0\0mp42avc1', 'latin1'), /Videos/],
    ['A ZIP', async () => Buffer.from('PK\x03\x04', 'latin1'), /Archives/],
    ['Plain text', async () => Buffer.from('Thông báo'), /not a picture/],
    ['A picture of 60 million pixels', async () => hugePng(10_000, 6000), /10000 × 6000 pixels.*50 million/],
    ['A strip of 70,000 pixels', async () => hugePng(1, 70_000), /65500 on one side/],
    ['A truncated JPEG', async () => (await flag().jpeg().toBuffer()).subarray(0, 3000), /damaged/],
    ['A JPEG of which only the head is left', async () => (await flag().jpeg().toBuffer()).subarray(0, 20), /damaged/],
    ['A PNG without its pixels', async () => hugePng(3000, 2000), /damaged/],
  ])('%s is refused by name', async (_, picture, reason) => {
    const result = await render(await picture());
    expect(result).toEqual({ kind: 'refused', reason: expect.stringMatching(reason) });
    expect(await readdir(folder)).toEqual(['original.bin']);
  });
});

/** The flag's pixels as a camera held that way would store them. */
function turnedBack(orientation: number): Promise<Buffer> {
  const upright = async () => sharp(await flag().png().toBuffer());
  const png = (make: (picture: Sharp) => Sharp) => upright().then((picture) => make(picture).png().toBuffer());
  const again = async (first: Promise<Buffer>, make: (picture: Sharp) => Sharp) =>
    make(sharp(await first))
      .png()
      .toBuffer();
  switch (orientation) {
    case 2:
      return png((picture) => picture.flop());
    case 3:
      return png((picture) => picture.rotate(180));
    case 4:
      return png((picture) => picture.flip());
    case 5:
      return again(
        png((picture) => picture.rotate(270)),
        (picture) => picture.flip(),
      );
    case 6:
      return png((picture) => picture.rotate(270));
    case 7:
      return again(
        png((picture) => picture.rotate(90)),
        (picture) => picture.flip(),
      );
    case 8:
      return png((picture) => picture.rotate(90));
    default:
      return png((picture) => picture);
  }
}
