import { describe, expect, it } from 'vitest';
import { ghostSource } from '#src/sources/ghost.ts';
import { cmsBench, minute, signs } from '#tests/fakes/cms-bench.ts';
import { ghostWebhook, startGhost, webhookPost } from '#tests/fakes/ghost-server.ts';

const secret = 'a secret of the newsroom';
const bench = cmsBench(ghostSource, startGhost, ({ url, key }) => ({ url, key, webhookSecret: secret }));

describe('an article', () => {
  it('comes with all that is known of it', async () => {
    const at = new Date(bench.clock.now() - 60 * minute).toISOString();
    bench.site.post('64f0c0ffee', {
      title: 'Chợ nổi &amp; đò dọc',
      html: '<p>Sáng nay, chợ nổi họp phiên đầu năm.</p><figure class="kg-card kg-image-card"><img src="https://bao.example/content/images/size/w600/2026/11/do-doc.jpg"></figure>',
      custom_excerpt: 'Phiên đầu năm, ghe đông gấp đôi.',
      published_at: at,
      feature_image: 'https://bao.example/content/images/2026/11/cho-noi.jpg',
      feature_image_alt: 'Ghe chở hoa',
      feature_image_caption:
        '<span style="white-space: pre-wrap;">Ghe hoa cập bến. Ảnh: <a href="x">Minh Anh</a></span>',
      authors: [
        { id: '1', name: 'Lê An' },
        { id: '2', name: 'Trần Bình' },
      ],
      tags: [
        { id: '3', name: '#trang-nhat', visibility: 'internal' },
        { id: '4', name: 'Đời sống', visibility: 'public' },
        { id: '5', name: 'miền Tây', visibility: 'public' },
      ],
    });
    expect(await bench.readFirst()).toEqual({
      kind: 'page',
      url: `${bench.site.url}/tin-64f0c0ffee/`,
      html: '',
      hints: {
        headline: 'Chợ nổi & đò dọc',
        bodyHtml: bench.site.posts[0]!.html,
        lead: 'Phiên đầu năm, ghe đông gấp đôi.',
        byline: ['Lê An', 'Trần Bình'],
        section: 'Đời sống',
        tags: ['miền Tây'],
        publishedAt: at,
        updatedAt: bench.site.posts[0]!.updated_at,
        url: `${bench.site.url}/tin-64f0c0ffee/`,
        photos: [
          {
            url: 'https://bao.example/content/images/2026/11/cho-noi.jpg',
            caption: 'Ghe hoa cập bến. Ảnh: Minh Anh',
            alt: 'Ghe chở hoa',
          },
        ],
      },
    });
  });

  it('shows its feature photo once, where the body has it in another size', async () => {
    bench.site.post('a', {
      html: '<p>Chợ.</p><img src="/content/images/size/w1000/format/webp/2026/11/cho.jpg">',
      feature_image: 'https://bao.example/content/images/2026/11/cho.jpg',
    });
    expect(await bench.readFirst()).not.toHaveProperty('hints.photos');
  });

  it('for members only is doubted, and never shows what its webhook tells', async () => {
    const post = bench.site.post('a', {
      visibility: 'paid',
      html: '<p>Chỉ cho người trả tiền: con số mật.</p>',
      custom_excerpt: 'Bài sâu.',
    });
    const raw = await bench.readFirst();
    expect(raw).toMatchObject({
      hints: { lead: 'Bài sâu.', doubts: ['The post is for paying members only: the text may not be complete.'] },
    });
    const request = ghostWebhook(
      { post: { current: webhookPost(bench.site, post), previous: {} } },
      { secret, at: bench.clock.now() },
    );
    const received = ghostSource.receive!({ ...request, now: bench.clock.now() }, bench.settings);
    expect(JSON.stringify(received)).not.toContain('con số mật');
  });

  it.each([
    ['Thai', 'ตลาดน้ำเปิดแล้ว', '<p>ตลาดน้ำเปิดเช้านี้</p>'],
    ['Arabic', 'افتتاح السوق', '<p>افتُتح السوق صباح اليوم.</p>'],
  ])('in %s is read as it is', async (_language, title, html) => {
    bench.site.post('a', { title, html });
    expect(await bench.readFirst()).toMatchObject({ hints: { headline: title, bodyHtml: html } });
  });

  it('that is broken stops no other', async () => {
    const good = { id: 'b', title: 'Tin b', html: '<p>Thân.</p>', url: `${bench.site.url}/b/`, updated_at: 'x' };
    bench.site.instead = { status: 200, body: JSON.stringify({ posts: [null, { id: 'a', html: 7 }, good] }) };
    const { refs, warnings } = await bench.poll();
    expect(signs(refs)).toEqual(['post:b changed']);
    expect(warnings).toEqual(['“a” is left out: its field “html” is not understood']);
  });
});
