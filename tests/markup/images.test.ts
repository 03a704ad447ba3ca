import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rewriteImages } from '#src/markup/images.ts';

it('changes the images that are named and no other byte', () => {
  const html = '<p class=x>Một &amp; hai<br/><IMG alt=\'a "b"\' src="/1.jpg?a=1&amp;b=2"><img src=/2.jpg></p>';
  const asked: string[] = [];
  const changed = rewriteImages(html, (src) => {
    asked.push(src);
    return src === '/2.jpg'
      ? null
      : { src: '/photos/h/640.jpg', srcset: '/photos/h/320.jpg 320w', width: 640, height: 480 };
  });
  expect(asked).toEqual(['/1.jpg?a=1&b=2', '/2.jpg']);
  expect(changed).toBe(
    '<p class=x>Một &amp; hai<br/><img src="/photos/h/640.jpg" srcset="/photos/h/320.jpg 320w" alt="a &quot;b&quot;" width="640" height="480"><img src=/2.jpg></p>',
  );
});

it('leaves every text without images as it is', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(rewriteImages(text, () => null)).toBe(text);
    }),
  );
});
