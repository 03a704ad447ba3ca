import fc from 'fast-check';
import { expect, it } from 'vitest';
import { loadProfile } from '#config/profiles.ts';
import { settlePictures } from '#src/articles/photo-markup.ts';
import { takePhotos } from '#src/articles/photos.ts';
import { tidy } from '#src/core/text.ts';
import { parseFragment } from '#src/markup/html.ts';

const profiles = { vi: loadProfile('vietnamese-portal'), any: loadProfile('generic') };

/** Ways to set a photo so that nobody could doubt what is its caption. */
const forms: readonly ((file: string, caption: string) => string)[] = [
  (file, caption) => `<figure><img src="${file}"><figcaption>${caption}</figcaption></figure>`,
  (file, caption) =>
    `<figure><div><a href="${file}"><img src="/t-${file}" data-src="${file}"></a></div><figcaption><p>${caption}</p></figcaption></figure>`,
  (file, caption) => `<div class="wp-caption"><img src="${file}"><p class="wp-caption-text">${caption}</p></div>`,
  (file, caption) =>
    `<div class="VCSortableInPreviewMode" type="Photo"><img data-original="${file}"><div class="PhotoCMS_Caption"><p>${caption}</p></div></div>`,
  (file, caption) => `<table><tr><td><img src="${file}"></td></tr><tr><td>${caption}</td></tr></table>`,
  (file, caption) => `<p><img src="${file}"></p><p class="caption">${caption}</p>`,
  (file, caption) =>
    `<p style="text-align:center"><img src="${file}"></p><p style="text-align:center"><em>${caption}</em></p>`,
  (file, caption) => `<p><img src="${file}"><br><em>${caption}</em></p>`,
  (file, caption) => `<div class="photo"><img src="${file}"><div class="photo-caption">${caption}</div></div>`,
  (file, caption) =>
    `<div class="slide"><noscript><img src="${file}"></noscript><span class="slide-caption">${caption}</span></div>`,
  (file, caption) =>
    `<amp-img src="${file}" width="600" height="400"></amp-img><div class="chu-thich">${caption}</div>`,
  (file, caption) => `<p><img src="${file}"></p><p>${caption}. © Thu Hà</p>`,
];

const part = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), long: fc.boolean() }),
  fc.record({ kind: fc.constant('photo' as const), form: fc.nat(forms.length - 1) }),
  fc.record({ kind: fc.constant('heading' as const) }),
);

it('keeps every paragraph and takes every caption, in whatever order they stand', () => {
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), fc.constantFrom('vi' as const, 'any' as const), (parts, name) => {
      const texts: string[] = [];
      const captions: string[] = [];
      const html = parts.map((each, index) => {
        if (each.kind === 'heading') return `<h3>Phần ${index} của bài</h3>`;
        if (each.kind === 'photo') {
          captions.push(`Người dân số ${index} qua cầu mới`);
          return forms[each.form]!(`https://anh.example/${index}-hinh.jpg`, captions.at(-1)!);
        }
        texts.push(each.long ? `Đoạn ${index} kể rằng cầu đã mở. ${'Ai cũng vui. '.repeat(20)}` : `Câu ${index} ngắn.`);
        return `<p>${texts.at(-1)}</p>`;
      });
      const body = parseFragment(`<div>${html.join('\n')}</div>`, 'https://bao.example/1.html');
      settlePictures(body);
      const photos = takePhotos(body, { known: [], profile: profiles[name] });
      const left = tidy(body.innerHTML.replace(/<figcaption>.*?<\/figcaption>/gs, '').replace(/<[^>]*>/g, ' '));
      for (const text of texts) expect(left).toContain(tidy(text));
      expect(photos.map(({ caption }) => caption?.replace(/\.$/, ''))).toEqual(captions);
      for (const caption of captions) expect(left).not.toContain(caption);
    }),
    { numRuns: 150 },
  );
});
