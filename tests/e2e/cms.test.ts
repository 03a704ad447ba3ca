/** Sites of content management systems, watched by the real command. */
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { loa } from '#tests/e2e/loa.ts';
import { type OneSource, withOneSource } from '#tests/e2e/one-source.ts';
import { ghostWebhook, startGhost, webhookPost } from '#tests/fakes/ghost-server.ts';
import { startWordpress } from '#tests/fakes/wordpress-server.ts';

const photo = await sharp({ create: { width: 1200, height: 800, channels: 3, background: '#385' } })
  .jpeg()
  .toBuffer();

/** A worker with one source, as lines of its settings. */
const watching = (site: string, source: string, work: (bench: OneSource) => Promise<void>): Promise<void> =>
  withOneSource({ site, source: `${source}, url: "${site}", profile: vietnamese-portal` }, work);

const uploads = '/wp-content/uploads/2026/11';

test('a WordPress post comes into the feed once with its photos; an edit is a revision, the bin a withdrawal', async () => {
  const wp = await startWordpress(() => Date.now());
  wp.photo = photo;
  for (const id of [1, 2, 3]) wp.post(id, { date: Date.now() - 86_400_000, modified: Date.now() - 86_400_000 });
  try {
    await watching(wp.url, 'id: portal, kind: wordpress, poll: 1s', async (bench) => {
      const running = await bench.start();
      await bench.until(async () => (await bench.entries()).length === 3);

      wp.post(10, {
        title: 'Cầu treo &#8220;Bản Mế&#8221; thông xe',
        content: `<p>Sáng 25/11, cầu treo Bản Mế thông xe sau mười bốn tháng thi công.</p>
<figure class="wp-block-image size-large"><img class="wp-image-71" src="${uploads}/cau-1024x683.jpg" width="1024" height="683"><figcaption>Người dân qua cầu trong buổi sáng đầu tiên. Ảnh: Lò Thị Mai</figcaption></figure>
<p>Cầu dài 96 mét, nối ba bản với đường tỉnh; trước đây học sinh phải đi bè qua suối.</p>
<figure class="wp-block-image"><img src="${uploads}/hoc-sinh-1024x683.jpg" width="1024" height="683"><figcaption>Học sinh Trường tiểu học Bản Mế tới lớp.</figcaption></figure>
<p>Kinh phí 7,2 tỷ đồng do người dân và doanh nghiệp trong tỉnh đóng góp.</p>`,
        slug: 'thoi-su/cau-treo-ban-me',
        author: 'Lò Văn An',
        categories: [{ id: 4, name: 'Thời sự', slug: 'thoi-su' }],
        tags: ['cầu treo'],
        media: { id: 71, file: '2026/11/cau.jpg', caption: 'Người dân qua cầu. Ảnh: Lò Thị Mai' },
      });
      await running.printed(/new article "Cầu treo “Bản Mế” thông xe": 1 feed, 2 photos/);
      const [entry] = await bench.entries();
      expect(entry).toMatchObject({
        title: 'Cầu treo “Bản Mế” thông xe',
        url: `${wp.url}/thoi-su/cau-treo-ban-me/`,
        authors: [{ name: 'Lò Văn An' }],
        _photos: [
          { caption: 'Người dân qua cầu trong buổi sáng đầu tiên.', credit: 'Lò Thị Mai' },
          { caption: 'Học sinh Trường tiểu học Bản Mế tới lớp.' },
        ],
      });
      expect(entry.content_html.match(/<img /g)).toHaveLength(2);

      wp.edit(10, { title: 'Cầu treo Bản Mế thông xe sớm một tháng' });
      await running.printed(/changed article "Cầu treo Bản Mế thông xe sớm một tháng" \(headline/);
      wp.posts.find(({ id }) => id === 10)!.status = 'trash';
      await running.printed(/withdrawn "Cầu treo Bản Mế thông xe sớm một tháng"/);
      await bench.until(async () => (await bench.entries()).length === 3);
    });
  } finally {
    await wp.close();
  }
});

test('a signed webhook of Ghost brings an article at once and takes it back; a wrong one brings nothing', async () => {
  const ghost = await startGhost(() => Date.now());
  ghost.photo = photo;
  const secret = 'a secret of the newsroom';
  ghost.post('cu', { published_at: '2026-11-20T03:00:00.000Z', updated_at: '2026-11-20T03:00:00.000Z' });
  try {
    const source = `id: blog, kind: ghost, poll: 1h, key: ${ghost.key}, webhookSecret: "${secret}"`;
    await watching(ghost.url, source, async (bench) => {
      const running = await bench.start();
      await bench.until(async () => (await bench.entries()).length === 1);
      const send = (body: { post: { current: unknown; previous: unknown } }, key = secret) => {
        const request = ghostWebhook(body, { secret: key, at: Date.now() });
        return fetch(`${bench.url}/ingest/blog`, { method: 'POST', ...request });
      };

      const post = ghost.post('moi', {
        title: 'Phiên chợ đầu năm',
        html: '<p>Sáng nay, chợ nổi họp phiên đầu năm với hơn ba trăm ghe hàng.</p>',
        feature_image: `${ghost.url}/content/images/2026/11/cho.jpg`,
        feature_image_caption: 'Ghe hoa cập bến.',
      });
      const current = webhookPost(ghost, post);
      expect((await send({ post: { current, previous: {} } }, 'not the secret')).status).toBe(401);
      expect((await send({ post: { current, previous: { status: 'draft' } } })).status).toBe(202);
      await running.printed(/new article "Phiên chợ đầu năm": 1 feed, 1 photo/);
      const [entry] = await bench.entries();
      expect(entry._photos).toMatchObject([{ caption: 'Ghe hoa cập bến.' }]);

      ghost.edit('moi', { status: 'draft' });
      const draft = { id: 'moi', title: post.title, html: '', status: 'draft' };
      expect((await send({ post: { current: draft, previous: { status: 'published' } } })).status).toBe(202);
      await running.printed(/withdrawn "Phiên chợ đầu năm"/);
    });
  } finally {
    await ghost.close();
  }
});

test('`try` shows what a WordPress holds, with what is doubtful', async () => {
  const wp = await startWordpress(() => Date.now());
  wp.post(1, { title: 'Mưa lớn ở miền núi', isProtected: true });
  wp.post(2, { title: 'ฝนตกหนักทางเหนือ', content: '<p>ฝนตกหนักตั้งแต่เช้าวันนี้ในสามจังหวัดภาคเหนือ</p>' });
  try {
    await watching(wp.url, 'id: portal, kind: wordpress', async ({ folder }) => {
      const { stdout, code } = await loa(['try', 'portal', '--json', '--config', 'my.yaml'], { cwd: folder });
      expect(code).toBe(0);
      expect(JSON.parse(stdout).articles).toMatchObject([{ headline: 'ฝนตกหนักทางเหนือ', url: `${wp.url}/tin-2/` }]);
    });
  } finally {
    await wp.close();
  }
});
