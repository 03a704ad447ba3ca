import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Cursor } from '#src/core/signal.ts';
import { createHttp, type HttpClient } from '#src/net/http-client.ts';
import type { SourceTools } from '#src/sources/source.ts';
import { wordpressSource } from '#src/sources/wordpress.ts';
import { sourceContract } from '#tests/contracts/source-contract.ts';
import { type ManualClock, manualClock } from '#tests/fakes/manual-clock.ts';
import { testSourceTools } from '#tests/fakes/source-tools.ts';
import { startWordpress, type WordpressServer } from '#tests/fakes/wordpress-server.ts';

let wp: WordpressServer;
let http: HttpClient;
let clock: ManualClock;
let tools: SourceTools;
let settings: ReturnType<typeof wordpressSource.settings.parse>;

const minute = 60_000;

beforeEach(async () => {
  clock = manualClock();
  wp = await startWordpress(() => clock.now());
  http = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'Loa/test', clock });
  tools = testSourceTools(http, clock);
  settings = wordpressSource.settings.parse({ url: wp.url });
});

afterEach(async () => {
  await http.close();
  await wp.close();
});

const poll = async (cursor: Cursor = null) => {
  const result = await wordpressSource.poll(JSON.parse(JSON.stringify(cursor)), settings, tools);
  clock.advance(2 * minute);
  return result;
};
const signs = (refs: { externalId: string; sign: string }[]) =>
  refs.map(({ externalId, sign }) => `${externalId} ${sign}`);
const read = async (cursor: Cursor = null) => {
  const { refs } = await poll(cursor);
  return wordpressSource.read(JSON.parse(JSON.stringify(refs[0])), settings, tools);
};
const hintsOf = async () => {
  const raw = await read();
  if (raw?.kind !== 'page') throw new Error('no page');
  return raw.hints;
};
/** Polls until what is no longer published has been asked for. */
const pollThrice = async (cursor: Cursor) => {
  const found = [];
  let last = cursor;
  for (let turn = 0; turn < 3; turn++) {
    const result = await poll(last);
    found.push(...result.refs);
    last = result.cursor;
  }
  return { refs: found, cursor: last };
};

sourceContract(wordpressSource, async () => {
  const time = manualClock();
  const site = await startWordpress(() => time.now());
  const client = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'x', clock: time });
  return {
    settings: wordpressSource.settings.parse({ url: site.url }),
    tools: testSourceTools(client, time),
    clock: time,
    async publish(name, headline) {
      time.advance(minute);
      const id = name.length * 100 + name.charCodeAt(0);
      if (site.posts.some((post) => post.id === id)) site.edit(id, { title: headline });
      else site.post(id, { title: headline });
    },
    breakDown: async () => void (site.instead = { status: 500, body: 'x' }),
    async close() {
      await client.close();
      await site.close();
    },
  };
});

describe('finding the API', () => {
  it.each(['header', 'link', 'nothing'] as const)('where the front page tells it by %s', async (tells) => {
    wp.tells = tells;
    wp.post(1);
    expect(signs((await poll()).refs)).toEqual(['post:1 changed']);
  });

  it.each(['header', 'nothing'] as const)('on a site without pretty addresses, told by %s', async (tells) => {
    wp.tells = tells;
    wp.isPlain = true;
    wp.post(1);
    const { refs, cursor } = await poll();
    expect(signs(refs)).toEqual(['post:1 changed']);
    expect(await poll(cursor)).toMatchObject({ unchanged: true, refs: [] });
  });

  it('finds it again where it has moved', async () => {
    wp.post(1);
    const { cursor } = await poll();
    wp.isPlain = true;
    wp.tells = 'nothing';
    wp.post(2);
    expect(signs((await poll(cursor)).refs)).toEqual(['post:2 changed']);
  });
});

describe('what is new', () => {
  it('takes the newest at first, and then only what is new or edited', async () => {
    for (let id = 1; id <= 60; id++)
      wp.post(id, { date: clock.now() - (61 - id) * minute, modified: clock.now() - (61 - id) * minute });
    const first = await poll();
    expect(first.refs).toHaveLength(50);
    expect(signs(first.refs).at(-1)).toBe('post:60 changed');
    const second = await poll(first.cursor);
    expect(second).toMatchObject({ unchanged: true, refs: [] });
    wp.post(61);
    wp.edit(30, { title: 'Tin 30, sửa' });
    const third = await poll(second.cursor);
    expect(signs(third.refs).sort()).toEqual(['post:30 changed', 'post:61 changed']);
  });

  it('is not what was only saved again, nor what prints something new without an edit', async () => {
    wp.post(1);
    const first = await poll();
    wp.edit(1, {});
    const second = await poll(first.cursor);
    expect(second.refs).toEqual([]);
    wp.posts[0]!.content += '<!-- 83 visitors -->';
    expect((await poll(second.cursor)).refs).toEqual([]);
  });

  it('is a post that came out on its day, which is no edit', async () => {
    wp.post(1);
    const written = clock.now();
    wp.post(2, { status: 'future', date: written + 90 * minute, modified: written });
    const first = await poll();
    clock.advance(3 * 60 * minute);
    wp.post(3);
    const second = await poll(first.cursor);
    expect(signs(second.refs)).toEqual(['post:3 changed']);
    wp.posts[1]!.status = 'publish';
    expect(signs((await poll(second.cursor)).refs)).toEqual(['post:2 changed']);
  });

  it('is found on every page, also while posts move from one to another', async () => {
    wp.post(1);
    const first = await poll();
    for (let id = 2; id <= 250; id++) wp.post(id);
    const second = await poll(first.cursor);
    expect(second.refs).toHaveLength(249);
    const third = await poll(second.cursor);
    expect(third.refs).toEqual([]);
    wp.edit(2, { title: 'Sửa' });
    expect(signs((await poll(third.cursor)).refs)).toEqual(['post:2 changed']);
  });

  it('stops at the end of the pages, whatever their number was', async () => {
    wp.post(1);
    const first = await poll();
    for (let id = 2; id <= 101; id++) wp.post(id);
    expect((await poll(first.cursor)).refs).toHaveLength(100);
  });

  it('is found by a WordPress that does not know modified_after', async () => {
    wp.isOld = true;
    for (let id = 1; id <= 150; id++)
      wp.post(id, {
        date: clock.now() - (200 - id) * 1440 * minute,
        modified: clock.now() - (200 - id) * 1440 * minute,
      });
    const first = await poll();
    wp.post(151);
    wp.edit(140, { title: 'Tin 140, sửa' });
    expect(signs((await poll(first.cursor)).refs).sort()).toEqual(['post:140 changed', 'post:151 changed']);
  });

  it('is in the categories that are asked for', async () => {
    const sport = { id: 7, name: 'Thể thao', slug: 'the-thao' };
    wp.post(1, { categories: [sport] });
    wp.post(2);
    settings = wordpressSource.settings.parse({ url: wp.url, categories: ['the-thao'] });
    expect(signs((await poll()).refs)).toEqual(['post:1 changed']);
    settings = wordpressSource.settings.parse({ url: wp.url, categories: ['giai-tri'] });
    await expect(poll()).rejects.toThrow(/has no category giai-tri/);
  });

  it('keeps its id when its address changes', async () => {
    wp.post(1);
    const { cursor } = await poll();
    wp.edit(1, { slug: 'ten-moi' });
    const { refs } = await poll(cursor);
    expect(signs(refs)).toEqual(['post:1 changed']);
    expect(refs[0]?.url).toBe(`${wp.url}/ten-moi/`);
  });

  it('is nothing on an empty site, and the first post later', async () => {
    const first = await poll();
    expect(first.refs).toEqual([]);
    wp.post(1);
    expect(signs((await poll(first.cursor)).refs)).toEqual(['post:1 changed']);
  });
});

describe('what is gone', () => {
  it('is told after a third look, and certain when it is looked at once more', async () => {
    for (let id = 1; id <= 5; id++) wp.post(id);
    const { cursor } = await poll();
    wp.posts[2]!.status = 'trash';
    const { refs } = await pollThrice(cursor);
    expect(signs(refs)).toEqual(['post:3 gone']);
    expect(await wordpressSource.read(refs[0]!, settings, tools)).toMatchObject({ kind: 'gone', certain: true });
  });

  it('is not what stands again by then', async () => {
    for (let id = 1; id <= 5; id++) wp.post(id);
    const { cursor } = await poll();
    wp.posts[2]!.status = 'draft';
    const first = await pollThrice(cursor);
    wp.posts[2]!.status = 'publish';
    expect(await wordpressSource.read(first.refs[0]!, settings, tools)).toBeNull();
    expect(signs((await pollThrice(first.cursor)).refs)).toEqual(['post:3 changed']);
  });

  it('is a post that was put behind a password', async () => {
    for (let id = 1; id <= 3; id++) wp.post(id);
    const { cursor } = await poll();
    wp.edit(2, { isProtected: true });
    expect(signs((await pollThrice(cursor)).refs)).toEqual(['post:2 gone']);
  });

  it('is nothing when most vanish at once', async () => {
    for (let id = 1; id <= 5; id++) wp.post(id);
    const { cursor } = await poll();
    for (const post of wp.posts.slice(0, 4)) post.status = 'draft';
    let last = cursor;
    const warnings: string[] = [];
    for (let turn = 0; turn < 3; turn++) {
      const result = await poll(last);
      expect(result.refs).toEqual([]);
      warnings.push(...result.warnings);
      last = result.cursor;
    }
    expect(warnings).toEqual([expect.stringContaining('4 of 5 posts')]);
  });

  it('is found among old posts too', async () => {
    for (let id = 1; id <= 50; id++) wp.post(id, { date: clock.now() - (300 - id) * minute });
    let { cursor } = await poll();
    for (let id = 51; id <= 140; id++) wp.post(id);
    ({ cursor } = await poll(cursor));
    wp.posts[0]!.status = 'trash';
    const found = [];
    for (let turn = 0; turn < 4; turn++) {
      const result = await pollThrice(cursor);
      found.push(...result.refs);
      cursor = result.cursor;
    }
    expect(signs(found)).toEqual(['post:1 gone']);
  });
});

describe('an article', () => {
  const sport = { id: 7, name: 'Thể thao &amp; giải trí', slug: 'the-thao' };
  const none = { id: 1, name: 'Chưa phân loại', slug: 'chua-phan-loai' };

  it('comes with all that is known of it', async () => {
    const at = clock.now();
    wp.post(12, {
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
    expect(await read()).toEqual({
      kind: 'page',
      url: `${wp.url}/the-thao/bai-12/`,
      html: '',
      hints: {
        headline: 'Đội tuyển “áo đỏ” thắng trận – 2-0',
        bodyHtml: wp.posts[0]!.content,
        lead: 'Hai bàn thắng trong mười phút cuối.',
        byline: ['Lê Thu & Hà'],
        section: 'Thể thao & giải trí',
        tags: ['Bóng đá', 'đội tuyển'],
        language: 'vi-VN',
        publishedAt: '2026-11-25T07:00:00Z',
        updatedAt: '2026-11-25T08:00:00Z',
        url: `${wp.url}/the-thao/bai-12/`,
        photos: [
          {
            url: `${wp.url}/wp-content/uploads/2026/11/cup-scaled.jpg`,
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
    wp.post(1, {
      content: `<p>Cầu mới.</p>${image}`,
      media: { id: 9, file: '2026/11/cau-scaled.jpg', caption: 'Cầu.' },
    });
    expect(await hintsOf()).not.toHaveProperty('photos');
  });

  it('keeps a featured photo whose name only looks alike', async () => {
    wp.post(1, {
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
    wp.post(1, { content: '<h2>Cầu</h2><p>Sáng nay, cầu mới  thông xe. Hai năm thi công.</p>', excerpt });
    expect(await hintsOf()).not.toHaveProperty('lead');
  });

  it.each([
    ['Thai', 'ฝนตกหนักทางเหนือ', '<p>ฝนตกหนักตั้งแต่เช้าวันนี้ในสามจังหวัด</p>', 'ไม่มีหมวดหมู่'],
    ['Arabic', 'افتتاح جسر جديد', '<p>افتُتح الجسر صباح اليوم بعد عامين من العمل.</p>', 'غير مصنف'],
    ['Japanese', '新しい橋が開通', '<p>けさ、新しい橋が開通した。</p>', '未分類'],
  ])('in %s is read as it is', async (_language, title, content, category) => {
    wp.post(1, { title, content, categories: [{ id: 1, name: category, slug: 'x' }] });
    const hints = await hintsOf();
    expect(hints).toMatchObject({ headline: title, bodyHtml: content });
    expect(hints).not.toHaveProperty('section');
    expect(hints).not.toHaveProperty('byline');
  });

  it('without a text of its own is read from its page', async () => {
    wp.post(1, { content: '' });
    const raw = await read();
    expect(raw).toMatchObject({ kind: 'page', html: expect.stringContaining('do giao diện in ra') });
    expect(raw).not.toHaveProperty('hints.bodyHtml');
  });

  it('that is very long is not stored twice but asked for when it is read', async () => {
    wp.post(1, { content: `<p>${'dài '.repeat(250_000)}</p>` });
    const { refs } = await poll();
    expect(JSON.stringify(refs).length).toBeLessThan(1000);
    const raw = await wordpressSource.read(refs[0]!, settings, tools);
    expect(raw).toMatchObject({ kind: 'page', hints: { headline: 'Tin 1', bodyHtml: wp.posts[0]!.content } });
    wp.posts[0]!.status = 'draft';
    expect(await wordpressSource.read(refs[0]!, settings, tools)).toMatchObject({ kind: 'gone', certain: true });
  });

  it('is told of by its name where all together are too much for one answer', async () => {
    for (let id = 1; id <= 9; id++) wp.post(id, { content: `<p>${'x'.repeat(2_000_000)}</p>` });
    const { refs, cursor } = await poll();
    expect(refs).toHaveLength(9);
    expect(await wordpressSource.read(refs[0]!, settings, tools)).toMatchObject({ hints: { headline: 'Tin 1' } });
    expect((await poll(cursor)).refs).toEqual([]);
  });

  it('behind a password is left out, and said so once', async () => {
    wp.post(1, { isProtected: true });
    wp.post(2);
    const first = await poll();
    expect(signs(first.refs)).toEqual(['post:2 changed']);
    expect(first.warnings).toEqual(['“Tin 1” is left out: it is protected by a password']);
    expect((await poll(first.cursor)).warnings).toEqual([]);
  });

  it('that is broken stops no other', async () => {
    wp.post(1);
    wp.post(2);
    Object.assign(wp.posts[0]!, { content: undefined });
    const wire = { id: 1, title: 7, content: 'no object', modified_gmt: '2026-11-25T08:00:00' };
    const good = {
      id: 2,
      title: { rendered: 'Tin 2' },
      content: { rendered: '<p>Thân bài.</p>' },
      link: `${wp.url}/2/`,
    };
    wp.instead = { status: 200, body: JSON.stringify([wire, null, 'x', good]) };
    const { refs, warnings } = await poll();
    expect(signs(refs)).toEqual(['post:2 changed']);
    expect(warnings).toEqual([expect.stringMatching(/“1” is left out: its field “content” is not understood/)]);
  });
});

describe('answers', () => {
  it.each([
    ['a byte order mark', '\uFEFF'],
    ['PHP warnings', '<br />\n<b>Warning</b>:  Undefined array key [3] in {closure} on line <b>12</b><br />\n'],
  ])('are read with %s before them', async (_what, noise) => {
    wp.noise = noise;
    wp.post(1, { title: 'Cầu [mới] {1}' });
    expect(await read()).toMatchObject({ hints: { headline: 'Cầu [mới] {1}' } });
  });

  it.each([401, 403, 404])('of a closed API (%i) let the feed stand in, with the same ids', async (status) => {
    wp.post(5, { content: `<p>${'Một đoạn văn dài. '.repeat(60)}</p>` });
    wp.closed = status;
    const first = await poll();
    expect(signs(first.refs)).toEqual(['post:5 changed']);
    expect(first.warnings[0]).toMatch(new RegExp(`API of .* is closed \\(${status}\\); its feed .*/feed/ is read`));
    expect(await wordpressSource.read(first.refs[0]!, settings, tools)).toMatchObject({ hints: { headline: 'Tin 5' } });
    const second = await poll(first.cursor);
    expect(second).toMatchObject({ unchanged: true, warnings: [] });
    wp.closed = null;
    let { cursor } = second;
    const warnings: string[] = [];
    for (let turn = 0; turn < 30; turn++) {
      const result = await poll(cursor);
      warnings.push(...result.warnings);
      cursor = result.cursor;
    }
    expect(warnings).toEqual(['its API is open again']);
  });

  it('say so where there is neither an API nor a feed', async () => {
    settings = wordpressSource.settings.parse({ url: `${wp.url}/blog/` });
    wp.closed = 404;
    wp.tells = 'nothing';
    await expect(poll()).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringMatching(/shows its posts neither through an API \(404\) nor in a feed/),
      next: expect.stringContaining('WordPress'),
    });
  });

  it('are had with an application password, and never by another host', async () => {
    wp.login = 'doc:abcd efgh';
    wp.post(1);
    settings = wordpressSource.settings.parse({ url: wp.url, username: 'doc', password: 'abcd efgh' });
    expect(signs((await poll()).refs)).toEqual(['post:1 changed']);
    settings = wordpressSource.settings.parse({ url: wp.url, username: 'doc', password: 'wrong' });
    await expect(poll()).rejects.toMatchObject({
      message: expect.stringMatching(/does not let Loa in \(401\)/),
      next: expect.stringContaining('application password'),
    });
  });

  it.each([
    [{ status: 429, body: '', headers: { 'retry-after': '90' } }, 'PollRefused', /come back later \(429\)/],
    [{ status: 500, body: '{"code":"db"}' }, 'PollRefused', /has a fault \(500 db\)/],
    [{ status: 200, body: '<!doctype html><title>Bảo trì</title>' }, 'UserError', /a web page instead of JSON/],
    [{ status: 200, body: '{"posts":[]}' }, 'UserError', /something else instead of JSON/],
  ])('that are none are named: %j', async (instead, name, message) => {
    wp.post(1);
    const { cursor } = await poll();
    wp.instead = instead;
    await expect(poll(cursor)).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
    wp.instead = null;
    wp.post(2);
    expect(signs((await poll(cursor)).refs)).toEqual(['post:2 changed']);
  });

  it('that are too large are refused', async () => {
    wp.post(1);
    const { cursor } = await poll();
    wp.instead = { status: 200, body: Buffer.alloc(16 * 1024 * 1024, ' ') };
    await expect(poll(cursor)).rejects.toMatchObject({ kind: 'too-large' });
  });
});

describe('discovery', () => {
  const discover = (html = '') => wordpressSource.discover!({ url: `${wp.url}/`, html }, tools);

  it('finds a WordPress and shows its newest post', async () => {
    wp.post(1, { title: 'Cầu &#8220;mới&#8221;' });
    const [found] = await discover();
    expect(found).toEqual({
      settings: { url: `${wp.url}/` },
      found: 'a WordPress with 1 post, whole texts and photos with captions; the newest: “Cầu “mới””',
      guesses: {},
      needs: null,
    });
    expect(() => wordpressSource.settings.parse(found!.settings)).not.toThrow();
  });

  it('finds none where the API is closed, empty or not there', async () => {
    expect(await discover()).toEqual([]);
    wp.closed = 401;
    expect(await discover()).toEqual([]);
    wp.instead = { status: 200, body: '<!doctype html>' };
    expect(await discover()).toEqual([]);
  });
});
