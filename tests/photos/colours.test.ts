import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { adobeRgbProfile } from '#tests/photos/icc-profile.ts';
import { openPhotoFolder } from '#tests/photos/one-photo.ts';
import { flag } from '#tests/photos/pictures.ts';

let photos: Awaited<ReturnType<typeof openPhotoFolder>>;
beforeEach(async () => {
  photos = await openPhotoFolder();
});
afterEach(() => photos.close());

const formats = ['jpeg', 'webp', 'avif'] as const;
const names = ['64.jpg', '64.webp', '64.avif'];

/** Mean of a plain area: its place is told from 0 to 1 each way. */
async function meanAt(picture: string, x: number, y: number): Promise<number[]> {
  const { width, height } = await sharp(picture).metadata();
  const [left, top] = [Math.round(x * width) - 2, Math.round(y * height) - 2];
  const area = await sharp(picture).extract({ left, top, width: 4, height: 4 }).png().toBuffer();
  return (await sharp(area).stats()).channels.map(({ mean }) => mean);
}

function furthest(found: number[], wanted: number[]): number {
  return Math.max(...wanted.map((value, channel) => Math.abs(value - (found[channel] ?? 999))));
}

const red = [200, 30, 30];
const blue = [30, 30, 200];
const green = [30, 200, 30];

describe('an original in another colour space comes out in sRGB, in every format', () => {
  const ofCamera: [string, () => Promise<Sharp>][] = [
    ['Display P3', async () => flag().withIccProfile('p3')],
    ['Adobe RGB', async () => flag().withIccProfile(await adobeProfilePath())],
    ['sRGB without a profile', async () => flag()],
  ];
  test.each(ofCamera)('%s', async (_, picture) => {
    await render(await picture());
    for (const name of names) {
      const file = join(photos.folder, name);
      expect(furthest(await meanAt(file, 0.25, 0.75), red)).toBeLessThan(9);
      expect(furthest(await meanAt(file, 0.25, 0.12), green)).toBeLessThan(9);
      expect(furthest(await meanAt(file, 0.75, 0.5), blue)).toBeLessThan(9);
    }
  });

  // Print cannot show a screen's green; these it can.
  test.each(['#966450', '#5a7896', '#c8b478'])('CMYK of %s, with a profile and without one', async (colour) => {
    const plain = () => sharp({ create: { width: 200, height: 120, channels: 3, background: colour } });
    const wanted = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
    for (const picture of [plain().toColourspace('cmyk').withIccProfile('cmyk'), plain().toColourspace('cmyk')]) {
      await render(picture);
      for (const name of names) {
        expect(furthest(await meanAt(join(photos.folder, name), 0.5, 0.5), wanted)).toBeLessThan(20);
        await rm(join(photos.folder, name));
      }
    }
  });

  async function render(picture: Sharp): Promise<void> {
    const original = await picture.jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer();
    await photos.render(original, { formats: [...formats] });
    for (const name of names) {
      const { space, icc, channels } = await sharp(join(photos.folder, name)).metadata();
      expect([space, icc, channels]).toEqual(['srgb', undefined, 3]);
    }
  }

  test('the numbers in a wide-gamut original are other numbers: a pipeline that ignored the profile would show', async () => {
    const profile = await adobeProfilePath();
    for (const picture of [flag().withIccProfile('p3'), flag().withIccProfile(profile)]) {
      const stored = await picture.png().toBuffer();
      // Read as they stand, without the profile.
      const { data, info } = await sharp(stored, { ignoreIcc: true }).raw().toBuffer({ resolveWithObject: true });
      const place = (450 * info.width + 200) * info.channels;
      expect(furthest([...data.subarray(place, place + 3)], red)).toBeGreaterThan(15);
    }
  });

  async function adobeProfilePath(): Promise<string> {
    const path = join(photos.folder, 'adobe.icc');
    await writeFile(path, adobeRgbProfile());
    return path;
  }
});

describe('other depths and kinds keep their colours in every format', () => {
  const clear = { r: 0, g: 0, b: 0, alpha: 0 };
  const plain = (background: string | typeof clear, channels: 3 | 4 = 3) =>
    sharp({ create: { width: 200, height: 120, channels, background } });

  test.each<[string, () => Sharp, number[]]>([
    ['16-bit PNG', () => plain('#c81e1e').toColourspace('rgb16').png(), red],
    ['grey PNG', () => plain('#808080').toColourspace('b-w').png(), [128, 128, 128]],
    ['16-bit grey PNG', () => plain('#808080').toColourspace('grey16').png(), [128, 128, 128]],
    ['palette PNG', () => plain('#c81e1e').png({ palette: true, colours: 4 }), red],
    ['palette PNG that is transparent', () => plain(clear, 4).png({ palette: true }), [255, 255, 255]],
    ['half transparent PNG', () => plain({ r: 200, g: 30, b: 30, alpha: 0.5 }, 4).png(), [227, 142, 142]],
    ['WebP with alpha', () => plain(clear, 4).webp(), [255, 255, 255]],
  ])('%s', async (_, picture, wanted) => {
    await photos.render(await picture().toBuffer(), { formats: [...formats] });
    for (const name of names) {
      expect(furthest(await meanAt(join(photos.folder, name), 0.5, 0.5), wanted)).toBeLessThan(5);
    }
  });
});
