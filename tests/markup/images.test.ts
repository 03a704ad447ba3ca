import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rewriteImages } from '#src/markup/images.ts';

const figure =
  '<figure><img src="https://a.example/1.jpg?x=1&amp;y=2" alt="Cầu"><figcaption>Cầu mới</figcaption></figure>';

describe('images in a piece of HTML', () => {
  test('are asked for by their decoded address and changed in place', () => {
    const asked: string[] = [];
    const changed = rewriteImages(`<p>a &nbsp;b</p>${figure}<p>c`, (src) => {
      asked.push(src);
      return { src: '/p/"1".jpg', width: 3 };
    });
    expect(asked).toEqual(['https://a.example/1.jpg?x=1&y=2']);
    expect(changed).toBe(
      '<p>a &nbsp;b</p><figure><img src="/p/&quot;1&quot;.jpg" alt="Cầu" width="3"><figcaption>Cầu mới</figcaption></figure><p>c',
    );
  });

  test('are dropped with the figure around them, and only with that one', () => {
    const html = `<p>a</p>${figure}<p>b <img src="x.gif"> c</p>${figure.replace('1.jpg', '2.jpg')}`;
    const changed = rewriteImages(html, (src) => (src.includes('2.jpg') ? null : 'drop'));
    expect(changed).toBe(`<p>a</p><p>b  c</p>${figure.replace('1.jpg', '2.jpg')}`);
  });

  test('left alone leave every byte as it was, whatever the HTML', () => {
    const pieces = fc.constantFrom(
      '<p>',
      '</p>',
      '<figure>',
      '</figure>',
      '<img src="a">',
      '<img>',
      'Đ',
      '&amp;',
      '<',
      '<!--',
      '-->',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 20 }), (parts) => {
        expect(rewriteImages(parts.join(''), () => null)).toBe(parts.join(''));
      }),
    );
  });
});
