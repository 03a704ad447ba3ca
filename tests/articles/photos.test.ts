import { describe, expect, it } from 'vitest';
import { loadProfile } from '#config/profiles.ts';
import { takePhotos } from '#src/articles/photos.ts';
import { expandCaptions } from '#src/articles/shortcodes.ts';
import { parseFragment } from '#src/markup/html.ts';

const profile = loadProfile('vietnamese-portal');

function take(html: string) {
  const body = parseFragment(expandCaptions(html), 'https://bao.example/tin/1.html');
  const photos = takePhotos(body, { known: [], profile });
  return { photos, text: body.textContent?.replace(/\s+/g, ' ').trim(), html: body.innerHTML };
}

const captions = (html: string) => take(html).photos.map((photo) => photo.caption);
const urls = (html: string) => take(html).photos.map((photo) => photo.url);

describe('which file', () => {
  it('takes the largest of srcset and sources', () => {
    expect(urls('<img src="/s.jpg" srcset="/m.jpg 640w, /l,1.jpg 1280w">')).toEqual(['https://bao.example/l,1.jpg']);
    expect(urls('<picture><source srcset="/w.webp 2000w"><img src="/s.jpg"></picture>')).toEqual([
      'https://bao.example/w.webp',
    ]);
  });

  it('takes what is loaded late instead of the placeholder', () => {
    for (const name of ['data-original', 'data-src', 'data-lazy-src', 'data-full-src']) {
      expect(urls(`<img src="data:image/gif;base64,R0lGOD" ${name}="anh/1.jpg">`)).toEqual([
        'https://bao.example/tin/anh/1.jpg',
      ]);
    }
    expect(urls('<a href="/full.jpg"><img src="/thumb.jpg"></a>')).toEqual(['https://bao.example/full.jpg']);
  });

  it('passes over what is no photo of the story', () => {
    const others = [
      '<img src="data:image/png;base64,AAAA">',
      '<img src="/a.jpg" width="120" height="80">',
      '<img src="/a.jpg" style="width: 64px">',
      '<img src="https://t.example/pixel.gif">',
      '<img class="avatar" src="/mai.jpg">',
      '<img src="/logo.svg">',
      '<a href="/tin/khac.html"><img src="/khac.jpg"></a>',
      '<img>',
    ];
    for (const other of others)
      expect([other, take(`<p>Chữ</p>${other}`).html.includes('<img')]).toEqual([other, false]);
    expect(urls(others.join(''))).toEqual([]);
  });

  it('takes the same photo once', () => {
    expect(urls('<img src="/1.jpg"><p>Chữ</p><img src="/1.jpg"><noscript><img src="/1.jpg"></noscript>')).toHaveLength(
      1,
    );
  });
});

describe('which caption', () => {
  it('knows the forms pages use', () => {
    const forms = [
      '<figure><img src="/1.jpg"><figcaption>Cầu mới</figcaption></figure>',
      '<figure><div><picture><img src="/1.jpg"></picture></div><figcaption><p>Cầu mới</p></figcaption></figure>',
      '<div class="wp-caption"><img src="/1.jpg"><p class="wp-caption-text">Cầu mới</p></div>',
      '[caption id="x" width="600"]<img src="/1.jpg"> Cầu mới[/caption]',
      '<div class="VCSortableInPreviewMode" type="Photo"><img src="/1.jpg"><div class="PhotoCMS_Caption"><p>Cầu mới</p></div></div>',
      '<table class="tplCaption"><tr><td><img src="/1.jpg"></td></tr><tr><td><p class="Image">Cầu mới</p></td></tr></table>',
      '<table><tr><td><img src="/1.jpg"></td></tr><tr><td>Cầu mới</td></tr></table>',
      '<p align="center"><img src="/1.jpg"></p><p align="center">Cầu mới</p><p>Chữ</p>',
      '<p><img src="/1.jpg"></p><p><em>Cầu mới</em></p>',
      '<p><img src="/1.jpg"></p><p>Cầu mới qua suối</p>',
      '<p style="text-align:center"><img src="/1.jpg"><br><em>Cầu mới</em></p>',
      '<div><img src="/1.jpg"></div><div class="chu-thich">Cầu mới</div>',
      '<dl class="gallery-item"><dt><img src="/1.jpg"></dt><dd class="wp-caption-text">Cầu mới</dd></dl>',
      '<img src="/1.jpg" title="Cầu mới">',
    ];
    for (const form of forms) {
      const { photos, text } = take(`<div>${form}<p>Chữ thường của bài.</p></div>`);
      expect([form, photos[0]?.caption, photos.length]).toEqual([form, expect.stringMatching(/^Cầu mới/), 1]);
      expect(text?.split('Cầu mới').length).toBeLessThanOrEqual(2);
    }
  });

  it('never takes a paragraph of the story', () => {
    expect(captions('<p><img src="/1.jpg"></p><p>Cầu mới qua suối đã mở.</p>')).toEqual([null]);
    expect(captions(`<p><img src="/1.jpg"></p><p><em>${'Cầu mới qua suối. '.repeat(30)}</em></p>`)).toEqual([null]);
    expect(
      captions('<p align="center"><img src="/1.jpg"></p><p align="center">Một.</p><p align="center">Hai.</p>'),
    ).toEqual([null]);
    expect(captions('<p><img src="/1.jpg"></p><p><strong>Cầu mới qua suối</strong></p>')).toEqual([null]);
    expect(captions('<p><img src="/1.jpg"></p><p><em><a href="/x">Đọc bài khác</a></em></p>')).toEqual([null]);
  });

  it('does not take the alt text for a caption', () => {
    expect(take('<img src="/1.jpg" alt="Cây cầu gỗ bắc qua suối">').photos[0]).toMatchObject({
      caption: null,
      alt: 'Cây cầu gỗ bắc qua suối',
    });
    expect(take('<img src="/1.jpg" alt="IMG_2231.jpg">').photos[0]?.alt).toBeNull();
  });

  it('gives each photo of a figure its own, or all the same', () => {
    expect(captions('<figure><img src="/1.jpg"><img src="/2.jpg"><figcaption>Cầu</figcaption></figure>')).toEqual([
      'Cầu',
      'Cầu',
    ]);
    expect(
      captions(
        '<table><tr><td><img src="/1.jpg"></td><td><img src="/2.jpg"></td></tr><tr><td>Một</td><td>Hai</td></tr></table>',
      ),
    ).toEqual(['Một', 'Hai']);
  });
});

it('puts a photo from inside a paragraph beside it', () => {
  const { html } = take('<p>Chữ trước.<img src="/1.jpg"></p><p>Chữ sau.</p>');
  expect(html).toBe(
    '<p>Chữ trước.</p><figure data-photo=""><img alt="" src="https://bao.example/1.jpg"></figure><p>Chữ sau.</p>',
  );
});

it('leaves tables of data and figures without photos in the text', () => {
  const { photos, text } = take(
    '<table><tr><th>Bản</th><th>Hộ</th></tr><tr><td>Nà Lầu</td><td>64</td></tr></table><figure><blockquote>Lời</blockquote><figcaption>Ai nói</figcaption></figure>',
  );
  expect(photos).toEqual([]);
  expect(text).toContain('Nà Lầu');
  expect(text).toContain('Ai nói');
});

it('keeps the caption of a photo whose address is lost, out of the text', () => {
  const body = parseFragment(
    '<p>Hợp tác xã họp đại hội.</p><div style="text-align:center"><img src="/upload/1.jpg" width="600"><br><i>Xã viên biểu quyết. Ảnh: Lê Dũng</i></div><p>Sản lượng đạt 1.480 tấn.</p>',
    null,
  );
  expect(takePhotos(body, { known: [], profile })).toEqual([
    { url: null, width: null, height: null, caption: 'Xã viên biểu quyết.', credit: 'Lê Dũng', alt: null },
  ]);
  expect(body.innerHTML).toBe(
    '<p>Hợp tác xã họp đại hội.</p><figure data-photo=""><figcaption>Xã viên biểu quyết. Ảnh: Lê Dũng</figcaption></figure><p>Sản lượng đạt 1.480 tấn.</p>',
  );
});
