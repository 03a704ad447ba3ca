import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import exifr from 'exifr';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PhotoLimits } from '#src/core/post.ts';
import { exifSegment, withSegment } from '#src/photos/exif-segment.ts';
import { fitPicture } from '#src/photos/fit-picture.ts';
import { looksDrawn } from '#src/photos/looks-drawn.ts';
import { colourAt, flag } from '#tests/photos/pictures.ts';

let folder: string;
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loa-fit-'));
});
afterAll(() => rm(folder, { recursive: true }));

const large: PhotoLimits = { bytes: 10_000_000, pixels: 50_000_000 };
const demo = (name: string) => new URL(`../../config/demo/photos/${name}.jpg`, import.meta.url).pathname;

async function made(source: string, limits: Partial<PhotoLimits>, keepWhole = false) {
  const target = join(folder, `${++files}.jpg`);
  const result = await fitPicture({ source, target, limits: { ...large, ...limits }, keepWhole });
  return { result, target };
}

async function sourceOf(picture: Buffer): Promise<string> {
  const path = join(folder, `source-${++files}.jpg`);
  await sharp(picture).jpeg().toFile(path);
  return path;
}

describe('a picture for one service', () => {
  test('has the shape, the size and the bytes that it takes', async () => {
    const shape = fc.record({
      width: fc.integer({ min: 200, max: 1200 }),
      height: fc.integer({ min: 200, max: 1200 }),
    });
    const bounds = fc.record({
      pixels: fc.integer({ min: 60_000, max: 1_000_000 }),
      sides: fc.integer({ min: 600, max: 2000 }),
      widest: fc.integer({ min: 300, max: 1300 }),
      least: fc.double({ min: 0.4, max: 0.9, noNaN: true }),
      most: fc.double({ min: 1.1, max: 2.2, noNaN: true }),
      keepWhole: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(shape, bounds, async ({ width, height }, { pixels, sides, widest, least, most, keepWhole }) => {
        const source = await sourceOf(
          await flag(width + (width % 2), height - (height % 4))
            .png()
            .toBuffer(),
        );
        const limits = { bytes: 60_000, pixels, sides, width: widest, aspect: { least, most } };
        const { result, target } = await made(source, limits, keepWhole);
        if (result.kind !== 'fitted') throw new Error(result.reason);
        const read = await sharp(target).metadata();
        expect(read).toMatchObject({ width: result.width, height: result.height, format: 'jpeg' });
        expect((await readFile(target)).length).toBe(result.bytes);
        expect(result.bytes).toBeLessThanOrEqual(60_000);
        expect(result.width * result.height).toBeLessThanOrEqual(pixels);
        expect(result.width + result.height).toBeLessThanOrEqual(sides);
        expect(result.width).toBeLessThanOrEqual(widest);
        expect(result.width / result.height).toBeGreaterThanOrEqual(least);
        expect(result.width / result.height).toBeLessThanOrEqual(most);
      }),
      { numRuns: 25 },
    );
  });

  test('is made smaller until its bytes are few enough, and refused where nothing would be left of it', async () => {
    const { result } = await made(demo('market-morning'), { bytes: 40_000 });
    expect(result).toMatchObject({ kind: 'fitted' });
    expect(result).toHaveProperty(
      'bytes',
      expect.toSatisfy((bytes: number) => bytes <= 40_000),
    );
    expect((await made(demo('market-morning'), { bytes: 500 })).result).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('500 bytes'),
    });
  });

  test('a photograph is cut where it must be, a map gets a margin and stays whole', async () => {
    const square = { aspect: { least: 1, most: 1 } };
    const source = await sourceOf(await flag(1200, 600).png().toBuffer());
    const whole = await made(source, square, true);
    // Both halves of the flag are there, with paper above.
    expect(await colourAt(whole.target, 0.02, 0.6)).toBe('red');
    expect(await colourAt(whole.target, 0.98, 0.6)).toBe('blue');
    expect(whole.result).toMatchObject({ width: 1200, height: 1200 });
    const photo = await sharp(demo('market-morning')).metadata();
    const cut = await made(demo('market-morning'), square);
    expect(cut.result).toMatchObject({ width: Math.min(photo.width, photo.height) });
    const map = await made(demo('district-map'), square);
    expect(map.result).toMatchObject({ width: Math.max(photo.width, photo.height) });
  });

  test('keeps the words in it, and nothing else', async () => {
    const words = { description: 'Chợ sớm', artist: 'Ảnh: Lê An (PV)', copyright: null };
    const source = join(folder, 'worded.jpg');
    const bare = await flag(900, 300).jpeg().toBuffer();
    await writeFile(source, withSegment(bare, exifSegment(words)!));
    const { target } = await made(source, { pixels: 100_000 });
    expect(await exifr.parse(await readFile(target))).toEqual({ Artist: words.artist, ImageDescription: 'Chợ sớm' });
  });

  test('is made once', async () => {
    const { target } = await made(demo('bridge-river'), { pixels: 100_000 });
    const before = await readFile(target);
    const again = await fitPicture({ source: '/gone.jpg', target, limits: large, keepWhole: false });
    expect(again).toMatchObject({ kind: 'fitted', bytes: before.length });
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('one that cannot be read is refused', async () => {
    const source = join(folder, 'broken.jpg');
    await writeFile(source, (await readFile(demo('bridge-river'))).subarray(0, 5000));
    expect((await made(source, { pixels: 100_000 })).result.kind).toBe('refused');
  });
});

test.each([
  ['district-map', true],
  ['walking-map', true],
  ['market-morning', false],
  ['reservoir-dawn', false],
  ['river-boats-night', false],
  ['commune-hall-meeting', false],
])('%s looks drawn: %s', async (name, expected) => {
  expect(await looksDrawn(demo(name))).toBe(expected);
});

test('a sheet of paper looks drawn', async () => {
  const lines = Array.from(
    { length: 30 },
    (_, index) => `<rect x="80" y="${80 + index * 30}" width="${400 + ((index * 37) % 200)}" height="9"/>`,
  );
  const svg = Buffer.from(
    `<svg width="760" height="1080"><rect width="760" height="1080" fill="#fdfcf7"/>${lines.join('')}</svg>`,
  );
  const path = join(folder, 'sheet.png');
  // Only the test draws SVG: the stage refuses it.
  const script = `require('sharp')(Buffer.from(process.argv[1],'base64')).png().toFile(process.argv[2])`;
  execFileSync(process.execPath, ['-e', script, svg.toString('base64'), path]);
  expect(await looksDrawn(path)).toBe(true);
});
