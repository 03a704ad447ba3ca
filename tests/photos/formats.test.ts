import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPhotoFolder } from '#tests/photos/one-photo.ts';
import { cameraPhoto, flag } from '#tests/photos/pictures.ts';

const { sidecar } = createRequire(import.meta.url)('exifr') as typeof import('exifr');

let photos: Awaited<ReturnType<typeof openPhotoFolder>>;
beforeEach(async () => {
  photos = await openPhotoFolder();
});
afterEach(() => photos.close());

const newer = { formats: ['webp' as const, 'avif' as const], widths: [64, 96] };

test('every width is made in every format asked for, none wider than the original', async () => {
  const picture = await flag(80, 60).jpeg().toBuffer();
  const { renditions, file } = await photos.render(picture, newer);
  expect(renditions.map(({ width, height, format }) => [width, height, format])).toEqual([
    [64, 48, 'webp'],
    [64, 48, 'avif'],
    [80, 60, 'webp'],
    [80, 60, 'avif'],
  ]);
  for (const { width, height, format, bytes } of renditions) {
    const content = await readFile(file(`${width}.${format}`));
    expect(content.length).toBe(bytes);
    const kind = format === 'avif' ? 'heif' : format;
    expect(await sharp(content).metadata()).toMatchObject({
      width,
      height,
      format: kind,
      space: 'srgb',
      depth: 'uchar',
    });
  }
});

test.each(['webp', 'avif'])('a %s file says who made it, in any script, and never where', async (format) => {
  const credit = {
    description: 'Sương sớm ở Nà Pheo <ảnh tư liệu> & chợ',
    artist: 'Ảnh: Hoàng Lâm 写真 ภาพ صورة 😀',
    copyright: null,
  };
  const { file } = await photos.render(await cameraPhoto(), { ...newer, widths: [64], credit });
  const { exif, iptc, xmp } = await sharp(file(`64.${format}`)).metadata();
  expect([exif, iptc]).toEqual([undefined, undefined]);
  const told = (await sidecar(xmp!, {}, 'xmp')) as { dc: Record<string, any> };
  // exifr leaves XML's own signs as they stand in the file.
  expect(told.dc['description'].value).toBe('Sương sớm ở Nà Pheo &lt;ảnh tư liệu&gt; &amp; chợ');
  expect([told.dc['creator']].flat()).toEqual([credit.artist]);
  // The owner named in the picture itself comes first.
  expect(told.dc['rights'].value).toBe('Bao Binh Lang');
  expect(await readFile(file(`64.${format}`), 'latin1')).not.toMatch(/GPS|SN-20481632|LS-77|Kamera/);
});

test('a file without words carries no metadata at all', async () => {
  const { file } = await photos.render(await flag().jpeg().toBuffer(), { ...newer, widths: [64] });
  for (const format of newer.formats) {
    const { exif, iptc, xmp, icc } = await sharp(file(`64.${format}`)).metadata();
    expect([exif, iptc, xmp, icc]).toEqual([undefined, undefined, undefined, undefined]);
  }
});

test('files that stand are kept, and those another request makes are told once they stand', async () => {
  const picture = await flag(80, 60).jpeg().toBuffer();
  const asked = { formats: ['jpeg' as const], otherFormats: newer.formats, widths: [64] };
  expect((await photos.render(picture, asked)).renditions).toMatchObject([{ format: 'jpeg' }]);
  await writeFile(`${photos.folder}/64.webp`, 'kept');
  const again = await photos.render(picture, asked);
  expect(again.renditions).toMatchObject([{ format: 'jpeg' }, { width: 64, format: 'webp', bytes: 4 }]);
  await photos.render(picture, newer);
  expect(await readFile(`${photos.folder}/64.webp`, 'utf8')).toBe('kept');
  expect((await readdir(photos.folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});
