import { expect, it } from 'vitest';
import type { Photo } from '#src/core/article.ts';
import { withWords } from '#src/core/photo-words.ts';

const photo: Photo = { url: 'https://anh.example/1.jpg', caption: null, credit: null, alt: null, width: 9, height: 6 };
const words = { caption: 'Chợ sớm bên sông', credit: 'Thu Hà', alt: 'Hai người bán rau' };

it('tells what the original says where the page says nothing', () => {
  expect(withWords(photo, words)).toEqual({ ...photo, ...words });
  expect(withWords(photo, undefined)).toBe(photo);
});

it('leaves what the page printed alone', () => {
  const printed = { ...photo, caption: 'Chợ Bến Gỗ' };
  expect(withWords(printed, words)).toEqual({ ...printed, alt: words.alt });
  expect(withWords({ ...photo, credit: 'Văn Lâm', alt: 'Chợ' }, words)).toMatchObject({
    caption: words.caption,
    credit: 'Văn Lâm',
    alt: 'Chợ',
  });
});
