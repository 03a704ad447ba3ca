import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renditionPath, renditionSizes } from '#src/core/rendition.ts';

const usual = [320, 640, 960, 1280, 1920];

test('A large photo comes in every width', () => {
  expect(renditionSizes(4000, 3000, usual)).toEqual([
    { width: 320, height: 240 },
    { width: 640, height: 480 },
    { width: 960, height: 720 },
    { width: 1280, height: 960 },
    { width: 1920, height: 1440 },
  ]);
});

test('A small photo is never enlarged: its own width is the largest', () => {
  expect(renditionSizes(1000, 667, usual).map(({ width }) => width)).toEqual([320, 640, 960, 1000]);
  expect(renditionSizes(200, 100, usual)).toEqual([{ width: 200, height: 100 }]);
});

test('Sizes ascend without repeats, never pass the original, and keep its shape', () => {
  const side = fc.integer({ min: 1, max: 65_500 });
  const widths = fc.array(fc.integer({ min: 16, max: 8000 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(side, side, widths, (width, height, asked) => {
      const sizes = renditionSizes(width, height, asked);
      expect(sizes.at(-1)!.width).toBe(Math.min(width, Math.max(...asked)));
      expect(sizes.map((size) => size.width)).toEqual(
        [...new Set(sizes.map((size) => size.width))].sort((a, b) => a - b),
      );
      for (const size of sizes) {
        expect(size.width).toBeLessThanOrEqual(width);
        expect(size.height).toBeGreaterThanOrEqual(1);
        expect(Math.abs(size.height - (height * size.width) / width)).toBeLessThanOrEqual(size.height === 1 ? 1 : 0.5);
      }
    }),
  );
});

test('The address of a rendition is made of hash, width and the usual ending', () => {
  expect(renditionPath('abc', { width: 640, format: 'jpeg' })).toBe('photos/abc/640.jpg');
  expect(renditionPath('abc', { width: 640, format: 'avif' })).toBe('photos/abc/640.avif');
});
