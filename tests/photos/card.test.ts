import { readFile } from 'node:fs/promises';
import exifr from 'exifr';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cardDecodeWidth, cardLayout } from '#src/photos/card-layout.ts';
import { openPhotoFolder } from '#tests/photos/one-photo.ts';
import { colourAt, flag } from '#tests/photos/pictures.ts';

let photos: Awaited<ReturnType<typeof openPhotoFolder>>;
beforeEach(async () => {
  photos = await openPhotoFolder();
});
afterEach(() => photos.close());

const size = { width: 1200, height: 630 };

test.each<[string, number, number, string]>([
  ['a usual photo fills it', 1600, 1200, 'cut'],
  ['one a little too small is enlarged a little', 1000, 752, 'cut'],
  ['a small one is shown whole, hardly enlarged', 300, 200, 'whole'],
  ['a tall one is shown whole', 900, 1600, 'whole'],
  ['a very wide one is shown whole', 3000, 600, 'whole'],
])('%s', async (_, width, height, kind) => {
  expect(cardLayout(width, height).kind).toBe(kind);
  const credit = { description: 'Chợ sớm', artist: 'Ảnh: Lê An', copyright: null };
  const picture = await flag(width, height).jpeg().toBuffer();
  const { cardBytes, renditions, file } = await photos.render(picture, { card: true, credit });
  const card = await readFile(file('card.jpg'));
  expect(card.length).toBe(cardBytes);
  expect(renditions.map((one) => one.width)).toEqual([64]);
  expect(await sharp(card).metadata()).toMatchObject({ ...size, format: 'jpeg', space: 'srgb', channels: 3 });
  expect(await exifr.parse(card)).toMatchObject({ Artist: credit.artist, ImageDescription: credit.description });
  // Left of the middle red or green, right of it blue, whichever way it was fitted in.
  expect(await colourAt(file('card.jpg'), 0.45, 0.6)).toBe('red');
  expect(await colourAt(file('card.jpg'), 0.55, 0.6)).toBe('blue');
});

test('a grey picture and a transparent one have a card too', async () => {
  const grey = await flag(300, 200).greyscale().jpeg().toBuffer();
  expect((await photos.render(grey, { card: true })).cardBytes).toBeGreaterThan(1000);
});

test('a card that stands is kept', async () => {
  const picture = await flag(300, 200).jpeg().toBuffer();
  const first = await photos.render(picture, { card: true });
  expect((await photos.render(picture, { card: true })).cardBytes).toBe(first.cardBytes);
  expect((await photos.render(picture)).cardBytes).toBeNull();
});

test('whatever the shape, a picture shown whole fits and one that is cut is enlarged by a quarter at most', () => {
  const side = fc.integer({ min: 1, max: 65_000 });
  fc.assert(
    fc.property(side, side, (width, height) => {
      const layout = cardLayout(width, height);
      const decoded = cardDecodeWidth(width, height);
      expect(decoded).toBeGreaterThan(0);
      expect(decoded).toBeLessThanOrEqual(width);
      if (layout.kind === 'cut') {
        expect(width * 1.25).toBeGreaterThanOrEqual(size.width - 1);
        expect(height * 1.25).toBeGreaterThanOrEqual(size.height - 1);
        return;
      }
      expect(layout.width).toBeLessThanOrEqual(size.width);
      expect(layout.height).toBeLessThanOrEqual(size.height);
    }),
  );
});
