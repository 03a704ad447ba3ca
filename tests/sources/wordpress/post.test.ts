import { describe, expect, it } from 'vitest';
import { wordpressSource } from '#src/sources/wordpress.ts';
import { cmsBench, minute, signs } from '#tests/fakes/cms-bench.ts';
import { startWordpress } from '#tests/fakes/wordpress-server.ts';

const bench = cmsBench(wordpressSource, startWordpress, ({ url }) => ({ url }));

const hintsOf = async () => {
  const raw = await bench.readFirst();
  if (raw?.kind !== 'page') throw new Error('no page');
  return raw.hints;
};

describe('an article', () => {
  const sport = { id: 7, name: 'Thể thao &amp; giải trí', slug: 'the-thao' };
  const none = { id: 1, name: 'Chưa phân loại', slug: 'chua-phan-loai' };

  it('comes with all that is known of it', async () => {
    const at = bench.clock.now();
    bench.site.post(12, {
      title: 'Đội tuyển &#8220;áo đỏ&#8221; th&#7855;ng trận &#8211; 2-0',
      content:
        '<p>Tối 24/11, đội nhà thắng trận mở màn.</p><figure><img src="/wp-content/uploads/2026/11/san-800x600.jpg"></figure>',
      excerpt: '<p>Hai bàn thắng trong mười phút cuối.</p>',
      author: 'Lê Thu &amp; Hà',
      categories: [none, { id: 3, name: 'Bóng đá', slug: 'bong-da' }, sport],
      slug: 'the-thao/bai-12',
      tags: ['đội tuyển'],
      lang: 'vi_VN',
      date: at - 60 * minute,
      modified: at,
      media: {
        id: 9,
        file: '2026/11/cup-scaled.jpg',
        caption: 'Đội trưởng nâng cúp.',
        alt: 'Cầu thủ nâng cúp',
        credit: 'An',
      },
      sticky: true,
    });
    expect(await bench.readFirst()).toEqual({
      kind: 'page',
      url: `${bench.site.url}/the-thao/bai-12/`,
      html: '',
      hints: {
        headline: 'Đội tuyển “áo đỏ” thắng trận – 2-0',
        bodyHtml: bench.site.posts[0]!.content,
        lead: 'Hai bàn thắng trong mười phút cuối.',
        byline: ['Lê Thu & Hà'],
        section: 'Thể thao & giải trí',
        tags: ['Bóng đá', 'đội tuyển'],
        language: 'vi-VN',
        publishedAt: '2026-11-25T07:00:00Z',
        updatedAt: '2026-11-25T08:00:00Z',
        url: `${bench.site.url}/the-thao/bai-12/`,
        photos: [
          {
            url: `${bench.site.url}/wp-content/uploads/2026/11/cup-scaled.jpg`,
            caption: 'Đội trưởng nâng cúp.',
            credit: 'An',
            alt: 'Cầu thủ nâng cúp',
            width: 1600,
            height: 1200,
          },
        ],
      },
    });
  });

  it.each([
    ['in another size', '<img src="/wp-content/uploads/2026/11/cau-1024x683.jpg">'],
    ['by its number', '<img class="size-large wp-image-9" src="https://cdn.example/x.webp">'],
    [
      'through an image proxy',
      '<img src="https://i0.wp.com/bao.example/wp-content/uploads/2026/11/cau.jpg?resize=700%2C400">',
    ],
    ['as another file type', '<img src="/wp-content/uploads/2026/11/cau-768x512.jpg.webp">'],
  ])('shows its featured photo once, where the body has it %s', async (_how, image) => {
    bench.site.post(1, {
      content: `<p>Cầu mới.</p>${image}`,
      media: { id: 9, file: '2026/11/cau-scaled.jpg', caption: 'Cầu.' },
    });
    expect(await hintsOf()).not.toHaveProperty('photos');
  });

  it('keeps a featured photo whose name only looks alike', async () => {
    bench.site.post(1, {
      content: '<p>Cầu mới.</p><img src="/wp-content/uploads/2025/02/cau-1024x683.jpg">',
      media: { id: 9, file: '2026/11/cau.jpg' },
    });
    expect((await hintsOf()).photos).toHaveLength(1);
  });

  it.each([
    ['[…] at its end', '<p>Sáng nay, cầu mới thông xe sau hai năm thi công [&hellip;]</p>'],
    ['the beginning of the story', '<p>Sáng nay, cầu mới thông xe.</p>'],
    ['a link to go on', '<p>Cầu mới. <a class="more-link" href="/x">Đọc tiếp</a></p>'],
    ['nothing', ''],
  ])('has no lead of its own where the excerpt is %s', async (_what, excerpt) => {
    bench.site.post(1, { content: '<h2>Cầu</h2><p>Sáng nay, cầu mới  thông xe. Hai năm thi công.</p>', excerpt });
    expect(await hintsOf()).not.toHaveProperty('lead');
  });

  it.each([
    ['Thai', 'ฝนตกหนักทางเหนือ', '<p>ฝนตกหนักตั้งแต่เช้าวันนี้ในสามจังหวัด</p>', 'ไม่มีหมวดหมู่'],
    ['Arabic', 'افتتاح جسر جديد', '<p>افتُتح الجسر صباح اليوم بعد عامين من العمل.</p>', 'غير مصنف'],
    ['Japanese', '新しい橋が開通', '<p>けさ、新しい橋が開通した。</p>', '未分類'],
  ])('in %s is read as it is', async (_language, title, content, category) => {
    bench.site.post(1, { title, content, categories: [{ id: 1, name: category, slug: 'x' }] });
    const hints = await hintsOf();
    expect(hints).toMatchObject({ headline: title, bodyHtml: content });
    expect(hints).not.toHaveProperty('section');
    expect(hints).not.toHaveProperty('byline');
  });

  it('without a text of its own is read from its page', async () => {
    bench.site.post(1, { content: '' });
    const raw = await bench.readFirst();
    expect(raw).toMatchObject({ kind: 'page', html: expect.stringContaining('do giao diện in ra') });
    expect(raw).not.toHaveProperty('hints.bodyHtml');
  });

  it('that is very long is not stored twice but asked for when it is read', async () => {
    bench.site.post(1, { content: `<p>${'dài '.repeat(250_000)}</p>` });
    const { refs } = await bench.poll();
    expect(JSON.stringify(refs).length).toBeLessThan(1000);
    const raw = await bench.read(refs[0]);
    expect(raw).toMatchObject({ kind: 'page', hints: { headline: 'Tin 1', bodyHtml: bench.site.posts[0]!.content } });
    bench.site.posts[0]!.status = 'draft';
    expect(await bench.read(refs[0])).toMatchObject({ kind: 'gone', certain: true });
  });

  it('is told of by its name where all together are too much for one answer', async () => {
    for (let id = 1; id <= 9; id++) bench.site.post(id, { content: `<p>${'x'.repeat(2_000_000)}</p>` });
    const { refs, cursor } = await bench.poll();
    expect(refs).toHaveLength(9);
    expect(await bench.read(refs[0])).toMatchObject({ hints: { headline: 'Tin 1' } });
    expect((await bench.poll(cursor)).refs).toEqual([]);
  });

  it('by several people names them all, and links only to pages', async () => {
    const authors = [{ display_name: 'Lê An', slug: 'le-an' }, { name: 'Trần Bình' }, 7];
    const wire = {
      id: 1,
      title: { rendered: 'Tin' },
      content: { rendered: '<p>Thân.</p>' },
      authors,
      link: 'mailto:a@b.vn',
    };
    bench.site.instead = { status: 200, body: JSON.stringify([wire]) };
    expect(await bench.readFirst()).toMatchObject({ url: null, hints: { byline: ['Lê An', 'Trần Bình'] } });
  });

  it('behind a password is left out, and said so once', async () => {
    bench.site.post(1, { isProtected: true });
    bench.site.post(2);
    const first = await bench.poll();
    expect(signs(first.refs)).toEqual(['post:2 changed']);
    expect(first.warnings).toEqual(['“Tin 1” is left out: it is protected by a password']);
    expect((await bench.poll(first.cursor)).warnings).toEqual([]);
  });

  it('that is broken stops no other', async () => {
    bench.site.post(1);
    bench.site.post(2);
    Object.assign(bench.site.posts[0]!, { content: undefined });
    const wire = { id: 1, title: 7, content: 'no object', modified_gmt: '2026-11-25T08:00:00' };
    const good = {
      id: 2,
      title: { rendered: 'Tin 2' },
      content: { rendered: '<p>Thân bài.</p>' },
      link: `${bench.site.url}/2/`,
    };
    bench.site.instead = { status: 200, body: JSON.stringify([wire, null, 'x', good]) };
    const { refs, warnings } = await bench.poll();
    expect(signs(refs)).toEqual(['post:2 changed']);
    expect(warnings).toEqual([expect.stringMatching(/“1” is left out: its field “content” is not understood/)]);
  });
});
