import { expect, it } from 'vitest';
import { toldWords } from '#src/photos/told-words.ts';

const nothing = { headline: null, caption: null, byline: null, credit: null, copyright: null, alt: null };

it('tells caption, photographer with agency, and alt', () => {
  const embedded = {
    ...nothing,
    caption: ' Chợ\u0000 sớm\nbên sông ',
    byline: 'Thu Hà',
    credit: 'TTXVN',
    alt: 'Hai người',
  };
  expect(toldWords(embedded)).toEqual({ caption: 'Chợ sớm bên sông', credit: 'Thu Hà/TTXVN', alt: 'Hai người' });
  expect(toldWords({ ...nothing, caption: 'The quay at dawn. (AP Photo/Luis Brandt)' })).toEqual({
    caption: 'The quay at dawn.',
    credit: 'AP Photo/Luis Brandt',
    alt: null,
  });
});

it('does not tell what cameras write by themselves', () => {
  for (const caption of ['OLYMPUS DIGITAL CAMERA', 'SONY DSC', 'DSC_0012', 'IMG_2201.JPG', 'Untitled', '  ']) {
    expect([caption, toldWords({ ...nothing, caption, byline: 'user' })]).toEqual([caption, null]);
  }
});
