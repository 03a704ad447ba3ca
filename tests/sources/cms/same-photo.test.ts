import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { photoStandsIn } from '#src/sources/cms/same-photo.ts';

describe('a photo of the media library', () => {
  it.each([
    [
      'https://a.vn/wp-content/uploads/2026/11/cau.jpg',
      '<img src="https://a.vn/wp-content/uploads/2026/11/cau-300x200.jpg">',
    ],
    [
      'https://a.vn/wp-content/uploads/2026/11/cau-scaled.jpg',
      '<img srcset="/wp-content/uploads/2026/11/cau-2048x1365.jpg 2048w, /x.png 1w">',
    ],
    [
      'https://a.vn/wp-content/uploads/2026/11/c%E1%BA%A7u.jpg',
      '<img src="/wp-content/uploads/2026/11/cầu-768x512.jpg">',
    ],
    [
      'https://a.vn/wp-content/uploads/2026/11/cau-e1764000000000.jpeg',
      '<img data-src=/wp-content/uploads/2026/11/cau-1024x683.jpeg.webp>',
    ],
    [
      'https://a.vn/content/images/2026/11/cho.png',
      '<img src="https://cdn.a.vn/content/images/size/w600h400/format/avif/2026/11/cho.png">',
    ],
  ])('is known again: %s', (url, html) => {
    expect(photoStandsIn(html, url)).toBe(true);
  });

  it.each([
    [
      'another month',
      'https://a.vn/wp-content/uploads/2026/10/cau.jpg',
      '<img src="/wp-content/uploads/2026/11/cau-300x200.jpg">',
    ],
    [
      'another number',
      'https://a.vn/wp-content/uploads/2026/11/cau-1.jpg',
      '<img src="/wp-content/uploads/2026/11/cau-2.jpg">',
    ],
    [
      'a longer name',
      'https://a.vn/wp-content/uploads/2026/11/cau.jpg',
      '<img src="/wp-content/uploads/2026/11/cau-treo.jpg">',
    ],
    ['no picture', 'https://a.vn/wp-content/uploads/2026/11/cau.jpg', '<p>2026/11/cau</p>'],
  ])('is not taken for %s', (_what, url, html) => {
    expect(photoStandsIn(html, url)).toBe(false);
  });

  it('stands in every body that shows it, and never fails on any text', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9]{2,12}$/);
    fc.assert(
      fc.property(name, fc.nat(3000), fc.string({ unit: 'grapheme' }), (file, width, noise) => {
        const html = `${noise}<img src="/u/2026/11/${file}-${width + 100}x${width + 50}.jpg">`;
        expect(photoStandsIn(html, `https://a.vn/u/2026/11/${file}.jpg`)).toBe(true);
        photoStandsIn(noise, noise);
      }),
    );
  });

  it.each([
    ['a picture written out in the body', `<img src="data:image/png;base64,${'iVBORw0KGgo'.repeat(100_000)}">`],
    ['words without an end', '.'.repeat(1_000_000)],
    ['thousands of sizes', `/a${'-10x10'.repeat(200_000)}z.jpg`],
    ['thousands of endings', `/a${'.jpg'.repeat(250_000)}`],
  ])('takes no longer for %s', (_what, html) => {
    const begun = performance.now();
    expect(photoStandsIn(html, 'https://a.vn/u/2026/11/cau.jpg')).toBe(false);
    expect(photoStandsIn('<p>', `https://a.vn/${html}.jpg`)).toBe(false);
    expect(performance.now() - begun).toBeLessThan(1000);
  });
});
