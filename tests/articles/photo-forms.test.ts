import { describe, expect, it } from 'vitest';
import { loadProfile } from '#config/profiles.ts';
import { settlePictures } from '#src/articles/photo-markup.ts';
import type { PhotoRules } from '#src/articles/photo-said.ts';
import { takePhotos } from '#src/articles/photos.ts';
import { fitProfile } from '#src/core/fit-profile.ts';
import { parseFragment } from '#src/markup/html.ts';

const profile = loadProfile('vietnamese-portal');
const english = fitProfile(loadProfile('generic'), { language: 'en' });

function take(html: string, rules: Partial<PhotoRules> = {}) {
  const body = parseFragment(html, 'https://bao.example/tin/1.html');
  settlePictures(body);
  const photos = takePhotos(body, { known: [], profile, ...rules });
  return { photos, text: body.textContent?.replace(/\s+/g, ' ').trim() ?? '', html: body.innerHTML };
}

const told = (html: string, rules: Partial<PhotoRules> = {}) =>
  take(`${html}<p>Đoạn thường của bài viết này.</p>`, rules).photos.map(({ caption, credit }) => [caption, credit]);
const files = (html: string) => take(html).photos.map(({ url }) => url?.replace('https://bao.example/', ''));

describe('captions and owners', () => {
  it('stand in boxes of any name', () => {
    const forms = [
      '<div class="photo-box"><img src="/1.jpg"><div class="photo-box__caption">Cầu mới.</div><div class="photo-box__credit">Thu Hà</div></div>',
      '<div class="x"><div><img src="/1.jpg"></div><div class="cutline">Cầu mới. <span class="photographer">Thu Hà</span></div></div>',
      '<figure><img src="/1.jpg"><figcaption><span>Cầu mới.</span><span>Thu Hà</span></figcaption></figure>',
      '<figure><img src="/1.jpg"><figcaption>Cầu mới. <em>Thu Hà</em></figcaption></figure>',
      '<figure><img src="/1.jpg"><figcaption>Cầu mới. <small>© Thu Hà</small></figcaption></figure>',
      '<figure><img src="/1.jpg"><span><span class="visually-hidden">Image source, </span>Thu Hà</span><figcaption><span class="sr-only">Image caption, </span>Cầu mới.</figcaption></figure>',
      '<figure><img src="/1.jpg"></figure><p class="caption">Cầu mới. Ảnh: Thu Hà</p>',
      '<div class="media"><figure><img src="/1.jpg"></figure><p class="media__caption">Cầu mới. (Ảnh: Thu Hà)</p></div>',
      '<figure itemprop="image"><img src="/1.jpg"><div itemprop="caption">Cầu mới.</div><div itemprop="copyrightHolder">Thu Hà</div></figure>',
      '<table class="picture"><tr><td class="pic"><img src="/1.jpg"></td></tr><tr><td class="pCaption caption">Cầu mới. <em>Thu Hà.</em></td></tr></table>',
      '<table class="FmsArticleBoxStyle ImageBox image"><tr><td class="FmsArticleBoxStyle-Images image"><img src="/1.jpg"></td></tr><tr><td>Cầu mới. Ảnh: Thu Hà</td></tr></table>',
      '<div class="VCSortableInPreviewMode" type="Photo"><div><img data-original="/1.jpg" src="/thumb_w/600/1.jpg"></div><div class="PhotoCMS_Caption"><p>Cầu mới.</p></div><div class="PhotoCMS_Author"><p>Thu Hà</p></div></div>',
      '<p><img src="/1.jpg"></p><p class="ck_legend caption">Cầu mới. Ảnh: Thu Hà</p>',
      '<div><img src="/1.jpg"></div><div class="desc_image">Cầu mới. Ảnh: Thu Hà</div>',
      '<p><img src="/1.jpg"></p><p>▲ Cầu mới. (Ảnh: Thu Hà)</p>',
      '<p><img src="/1.jpg"></p><p align="center">Cầu mới.</p><p>Ảnh: Thu Hà</p>',
      '<p><img src="/1.jpg"></p><p class="chu_thich">Cầu mới. Ảnh: Thu Hà</p>',
      '<a data-fancybox data-caption="Cầu mới. &lt;b&gt;Ảnh: Thu Hà&lt;/b&gt;" href="/1.jpg"><img src="/1-300x200.jpg"></a>',
      '<div>Chữ trước.<br><br><img src="/1.jpg"><br><i>Cầu mới. Ảnh: Thu Hà</i><br><br>Chữ sau.</div>',
      '<p class="caption">Cầu mới. Ảnh: Thu Hà</p><p><img src="/1.jpg"></p>',
      '<table><tr><td><img src="/1.jpg"><br>Cầu mới. Ảnh: Thu Hà</td></tr></table>',
      '<div style="float:right;width:300px"><img src="/1.jpg"><br>Cầu mới. Ảnh: Thu Hà</div>',
      '<p><img src="/1.jpg"><br><font size="2">Cầu mới. Ảnh: Thu Hà</font></p>',
      '<dl class="wp-caption"><dt class="wp-caption-dt"><img src="/1.jpg"></dt><dd class="wp-caption-dd">Cầu mới. Ảnh: Thu Hà</dd></dl>',
      '<p><img src="/1.jpg"></p><p class="caption">Cầu mới. Ảnh: <a href="/tac-gia">Thu Hà</a></p>',
      '<figure><img src="/1.jpg"><figcaption><span class="count">1/12</span> Cầu mới. Ảnh: Thu Hà <b class="toggle-caption">ẩn chú thích</b></figcaption></figure>',
    ];
    for (const form of forms) expect([form, told(form)]).toEqual([form, [['Cầu mới.', 'Thu Hà']]]);
  });

  it('are shared by a gallery’s photos that have none of their own', () => {
    const item = (name: string, caption = '') =>
      `<li class="blocks-gallery-item"><figure><img src="/${name}.jpg">${caption && `<figcaption class="blocks-gallery-item__caption">${caption}</figcaption>`}</figure></li>`;
    const gallery = `<figure class="wp-block-gallery"><ul class="blocks-gallery-grid">${item('1', 'Cầu')}${item('2')}</ul><figcaption class="blocks-gallery-caption">Ba cây cầu</figcaption></figure>`;
    expect(told(gallery)).toEqual([
      ['Cầu', null],
      ['Ba cây cầu', null],
    ]);
    expect(take(`${gallery}<p>Hết.</p>`).text).not.toMatch(/Ba cây cầu.*Ba cây cầu/);
  });

  it('stand with each picture of a list', () => {
    const slide = (index: number) =>
      `<li data-thumb="/t${index}.jpg"><img src="/${index}.jpg"><p>Cầu số ${index}.</p></li>`;
    expect(told(`<ul id="lightSlider">${slide(1)}${slide(2)}</ul>`)).toEqual([
      ['Cầu số 1.', null],
      ['Cầu số 2.', null],
    ]);
  });

  it('are shared by photos side by side', () => {
    const both =
      '<p align="center"><img src="/1.jpg"> <img src="/2.jpg"></p><p align="center"><em>Hai cây cầu</em></p>';
    expect(told(both)).toEqual([
      ['Hai cây cầu', null],
      ['Hai cây cầu', null],
    ]);
    expect(take(`${both}<p>Hết.</p>`).html.match(/Hai cây cầu/g)).toHaveLength(1);
  });

  it('are told once, though the text repeats them or the photo cannot be shown', () => {
    const figure = '<figure><img src="/1.jpg"><figcaption>Cầu mới. Ảnh: Thu Hà</figcaption></figure>';
    expect(take(`${figure}<p>Chữ.</p><p>Cầu mới.</p>`).text).toBe('Cầu mới. Ảnh: Thu HàChữ.');
    for (const unseen of [
      '<figure><img src="data:image/gif;base64,R0" data-x="7"><figcaption>Cầu mới</figcaption></figure>',
      '<p><img src="data:image/gif;base64,R0" data-x="7"></p><p class="caption">Cầu mới</p>',
    ])
      expect(take(`${unseen}<p>Chữ.</p>`)).toMatchObject({
        photos: [{ url: null, caption: 'Cầu mới' }],
        html: '<figure data-photo=""><figcaption>Cầu mới</figcaption></figure><p>Chữ.</p>',
      });
  });

  it('are not what only looks like one', () => {
    const forms = [
      '<div class="photo"><img src="/1.jpg"></div><p>Cầu mới đã mở cho người đi bộ từ sáng nay.</p>',
      '<figure><img src="/1.jpg" title="Tựa đề của bài - 3"></figure>',
      '<figure><img src="/1.jpg" alt="Tựa đề của bài anh 1"></figure>',
      '<p><img src="/1.jpg"></p><h2>Theo dòng nước</h2>',
      '<p><img src="/1.jpg"></p><p class="caption"><a href="/khac.html">Tin khác của báo</a></p>',
    ];
    for (const form of forms) {
      const { photos } = take(`${form}<p>Đoạn thường của bài viết.</p>`, { headline: 'Tựa đề của bài' });
      expect([form, photos[0]?.caption, photos[0]?.alt]).toEqual([form, null, null]);
    }
  });

  it('come from the page’s data by the photo, whatever size stands there', () => {
    const known = [
      {
        url: 'https://bao.example/zoom/600_315/anh/1.jpg',
        caption: 'Cầu mới',
        credit: 'Ảnh: Thu Hà',
        alt: null,
        width: 600,
        height: 315,
      },
    ];
    const { photos } = take('<img src="https://bao.example/anh/1.jpg">', { known });
    expect(photos).toMatchObject([{ caption: 'Cầu mới', credit: 'Thu Hà', width: null }]);
  });

  it('come late to a photo that stood above without', () => {
    const { photos, html } = take(
      '<img src="/1.jpg"><p>Chữ.</p><figure><img src="/1-1024x683.jpg"><figcaption>Cầu mới</figcaption></figure>',
    );
    expect(photos).toMatchObject([{ url: 'https://bao.example/1.jpg', caption: 'Cầu mới' }]);
    expect(html.match(/<figure/g)).toHaveLength(1);
    expect(html).toContain('<figcaption>Cầu mới</figcaption>');
  });
});

describe('which pictures', () => {
  it('are taken once in all their sizes, copies of slides and spares', () => {
    const forms: [string, string[]][] = [
      ['<img src="/a/1-300x200.jpg"><img src="/a/1-1024x683.jpg"><img src="/a/1.jpg">', ['a/1-300x200.jpg']],
      ['<img src="/thumb_w/640/a/1.jpg"><img src="/a/1.jpg?w=900">', ['thumb_w/640/a/1.jpg']],
      ['<img src="/2026/11/1.jpg"><img src="/2026/12/1.jpg">', ['2026/11/1.jpg', '2026/12/1.jpg']],
      [
        '<div class="slick-slide slick-cloned"><img src="/2.jpg"></div><div class="slick-slide"><img src="/1.jpg"></div>',
        ['1.jpg'],
      ],
      [
        '<img src="data:image/gif;base64,R0" data-src="/l/1.jpg"><noscript><img src="/s/1b.jpg"></noscript>',
        ['l/1.jpg'],
      ],
      ['<img class="js"><noscript><img src="/1.jpg"></noscript>', ['1.jpg']],
      ['<amp-img src="/s.jpg" srcset="/l.jpg 900w" width="600" height="400"></amp-img>', ['l.jpg']],
      ['<img src="/t.jpg" data-photo-original-src="/o.jpg" data-src="/m.jpg" data-thumb-src="/k.jpg">', ['o.jpg']],
      ['<img src="/s.jpg" srcset="/m.jpg 2x, /l.jpg 1280w">', ['l.jpg']],
      ['<img data-src="/{width}/1.jpg" src="/1.jpg">', ['1.jpg']],
      ['<a href="/wiki/File:1.jpg"><img src="/1.jpg"></a>', ['1.jpg']],
      ['<a href="/gallery/7"><img src="/1.jpg"></a>', ['1.jpg']],
      ['<a href="/tin/2.html"><img src="/1.jpg"></a>', []],
      ['<img src="/new.gif"><img src="/bullet-120x80.png"><img src="/img/spinner.gif" data-lazy="/1.jpg">', ['1.jpg']],
    ];
    for (const [form, expected] of forms) expect([form, files(form)]).toEqual([form, expected]);
  });
});

it('reads captions of other languages by their own words', () => {
  expect(
    told('<figure><img src="/1.jpg"><figcaption>The new bridge. Credit: Ben Okoro</figcaption></figure>', {
      profile: english,
    }),
  ).toEqual([['The new bridge.', 'Ben Okoro']]);
});
