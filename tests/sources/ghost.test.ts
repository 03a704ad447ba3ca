import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Cursor } from '#src/core/signal.ts';
import { createHttp, type HttpClient } from '#src/net/http-client.ts';
import { ghostSource } from '#src/sources/ghost.ts';
import type { SourceTools } from '#src/sources/source.ts';
import { sourceContract } from '#tests/contracts/source-contract.ts';
import { type GhostServer, ghostWebhook, startGhost, webhookPost } from '#tests/fakes/ghost-server.ts';
import { type ManualClock, manualClock } from '#tests/fakes/manual-clock.ts';
import { testSourceTools } from '#tests/fakes/source-tools.ts';

let ghost: GhostServer;
let http: HttpClient;
let clock: ManualClock;
let tools: SourceTools;
let settings: ReturnType<typeof ghostSource.settings.parse>;

const secret = 'a secret of the newsroom';
const minute = 60_000;

beforeEach(async () => {
  clock = manualClock();
  ghost = await startGhost(() => clock.now());
  http = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'Loa/test', clock });
  tools = testSourceTools(http, clock);
  settings = ghostSource.settings.parse({ url: ghost.url, key: ghost.key, webhookSecret: secret });
});

afterEach(async () => {
  await http.close();
  await ghost.close();
});

const poll = async (cursor: Cursor = null) => {
  const result = await ghostSource.poll(JSON.parse(JSON.stringify(cursor)), settings, tools);
  clock.advance(2 * minute);
  return result;
};
const signs = (refs: { externalId: string; sign: string }[]) =>
  refs.map(({ externalId, sign }) => `${externalId} ${sign}`);
const readFirst = async () => {
  const { refs } = await poll();
  return ghostSource.read(JSON.parse(JSON.stringify(refs[0])), settings, tools);
};
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

sourceContract(ghostSource, async () => {
  const time = manualClock();
  const site = await startGhost(() => time.now());
  const client = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'x', clock: time });
  return {
    settings: ghostSource.settings.parse({ url: site.url, key: site.key }),
    tools: testSourceTools(client, time),
    clock: time,
    async publish(name, headline) {
      time.advance(minute);
      if (site.posts.some(({ id }) => id === name)) site.edit(name, { title: headline });
      else site.post(name, { title: headline });
    },
    breakDown: async () => void (site.instead = { status: 502, body: 'x' }),
    async close() {
      await client.close();
      await site.close();
    },
  };
});

describe('polling', () => {
  it('takes the newest at first, then what is new or edited, and asks conditionally', async () => {
    for (let id = 10; id < 70; id++) ghost.post(`p${id}`);
    const first = await poll();
    expect(first.refs).toHaveLength(50);
    const second = await poll(first.cursor);
    // All were edited in the same five minutes: those that were older than the first look's are new to Loa.
    const third = await poll(second.cursor);
    expect(third).toMatchObject({ unchanged: true, refs: [] });
    clock.advance(60 * minute);
    ghost.post('moi');
    ghost.edit('p65', { title: 'Tin p65, sửa' });
    const fourth = await poll(third.cursor);
    expect(signs(fourth.refs).sort()).toEqual(['post:moi changed', 'post:p65 changed']);
    const fifth = await poll(fourth.cursor);
    expect(fifth).toMatchObject({ unchanged: true });
    const sixth = await poll(fifth.cursor);
    expect(sixth).toMatchObject({ unchanged: true });
    expect(ghost.requests.at(-1)?.headers['if-none-match'] ?? ghost.requests.at(-2)?.headers['if-none-match']).toMatch(
      /^W\//,
    );
    expect(JSON.stringify(sixth.cursor)).not.toContain(ghost.key);
  });

  it('finds every page of a great many edits', async () => {
    ghost.post('a');
    const { cursor } = await poll();
    clock.advance(60 * minute);
    for (let id = 100; id < 330; id++) ghost.post(`p${id}`);
    const second = await poll(cursor);
    expect(second.refs).toHaveLength(230);
    expect((await poll(second.cursor)).refs).toEqual([]);
  });

  it('tells of what is unpublished or deleted, and looks once more', async () => {
    for (const id of ['a', 'b', 'c', 'd']) ghost.post(id);
    const { cursor } = await poll();
    ghost.edit('b', { status: 'draft' });
    const { refs } = await pollThrice(cursor);
    expect(signs(refs)).toEqual(['post:b gone']);
    expect(await ghostSource.read(refs[0]!, settings, tools)).toMatchObject({ kind: 'gone', certain: true });
    ghost.edit('b', { status: 'published' });
    expect(await ghostSource.read(refs[0]!, settings, tools)).toBeNull();
  });

  it.each([
    [
      { status: 401, body: '{"errors":[{"type":"UnauthorizedError"}]}' },
      /refuses Loa \(401 UnauthorizedError\)/,
      /Content API key/,
    ],
    [{ status: 404, body: '<!doctype html>' }, /is not there \(404\)/, /API URL/],
    [{ status: 200, body: '<!doctype html><title>x</title>' }, /a web page instead of JSON/, /Open the site/],
  ])('names %j', async (instead, message, next) => {
    ghost.instead = instead;
    await expect(poll()).rejects.toMatchObject({
      message: expect.stringMatching(message),
      next: expect.stringMatching(next),
    });
    await expect(poll()).rejects.not.toThrow(ghost.key);
  });

  it('comes back when it is told to', async () => {
    ghost.instead = { status: 429, body: '{}', headers: { 'retry-after': '90' } };
    const at = clock.now();
    await expect(poll()).rejects.toMatchObject({ name: 'PollRefused', retryAt: at + 90_000 });
  });

  it('refuses the key of the other API before it is used', () => {
    const wrong = ghostSource.settings as typeof ghostSource.settings & { safeParse(value: unknown): any };
    expect(wrong.safeParse({ url: ghost.url, key: '64f0c0ffee:64f0c0ffee64f0c0ffee' }).success).toBe(false);
  });
});

describe('an article', () => {
  it('comes with all that is known of it', async () => {
    const at = new Date(clock.now() - 60 * minute).toISOString();
    ghost.post('64f0c0ffee', {
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
    expect(await readFirst()).toEqual({
      kind: 'page',
      url: `${ghost.url}/tin-64f0c0ffee/`,
      html: '',
      hints: {
        headline: 'Chợ nổi & đò dọc',
        bodyHtml: ghost.posts[0]!.html,
        lead: 'Phiên đầu năm, ghe đông gấp đôi.',
        byline: ['Lê An', 'Trần Bình'],
        section: 'Đời sống',
        tags: ['miền Tây'],
        publishedAt: at,
        updatedAt: ghost.posts[0]!.updated_at,
        url: `${ghost.url}/tin-64f0c0ffee/`,
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
    ghost.post('a', {
      html: '<p>Chợ.</p><img src="/content/images/size/w1000/format/webp/2026/11/cho.jpg">',
      feature_image: 'https://bao.example/content/images/2026/11/cho.jpg',
    });
    expect(await readFirst()).not.toHaveProperty('hints.photos');
  });

  it('for members only is doubted, and never shows what its webhook tells', async () => {
    const post = ghost.post('a', {
      visibility: 'paid',
      html: '<p>Chỉ cho người trả tiền: con số mật.</p>',
      custom_excerpt: 'Bài sâu.',
    });
    const raw = await readFirst();
    expect(raw).toMatchObject({
      hints: { lead: 'Bài sâu.', doubts: ['The post is for paying members only: the text may not be complete.'] },
    });
    const request = ghostWebhook(
      { post: { current: webhookPost(ghost, post), previous: {} } },
      { secret, at: clock.now() },
    );
    const received = ghostSource.receive!({ ...request, now: clock.now() }, settings);
    expect(JSON.stringify(received)).not.toContain('con số mật');
  });

  it.each([
    ['Thai', 'ตลาดน้ำเปิดแล้ว', '<p>ตลาดน้ำเปิดเช้านี้</p>'],
    ['Arabic', 'افتتاح السوق', '<p>افتُتح السوق صباح اليوم.</p>'],
  ])('in %s is read as it is', async (_language, title, html) => {
    ghost.post('a', { title, html });
    expect(await readFirst()).toMatchObject({ hints: { headline: title, bodyHtml: html } });
  });

  it('that is broken stops no other', async () => {
    const good = { id: 'b', title: 'Tin b', html: '<p>Thân.</p>', url: `${ghost.url}/b/`, updated_at: 'x' };
    ghost.instead = { status: 200, body: JSON.stringify({ posts: [null, { id: 'a', html: 7 }, good] }) };
    const { refs, warnings } = await poll();
    expect(signs(refs)).toEqual(['post:b changed']);
    expect(warnings).toEqual(['“a” is left out: its field “html” is not understood']);
  });
});

describe('webhooks', () => {
  const receive = (current: unknown, previous: unknown, with_ = secret, at = clock.now()) => {
    const request = ghostWebhook({ post: { current, previous } }, { secret: with_, at });
    return ghostSource.receive!({ ...request, now: clock.now() }, settings);
  };

  it('tell of a new post as the next poll would, and the same one twice as one message', async () => {
    const post = ghost.post('a', { title: 'Bão vào bờ' });
    const wire = webhookPost(ghost, post);
    const told = receive(wire, { status: 'draft', updated_at: 'x' });
    expect(told).toMatchObject({ kind: 'accepted', poll: true, refs: [{ externalId: 'post:a', sign: 'changed' }] });
    expect(receive(wire, { status: 'draft', updated_at: 'x' })).toEqual(told);
    const { refs } = await poll();
    if (told.kind !== 'accepted') throw new Error('refused');
    expect(told.refs[0]?.stamp).toBe(refs[0]?.stamp);
    expect(await ghostSource.read(told.refs[0]!, settings, tools)).toMatchObject({ hints: { headline: 'Bão vào bờ' } });
  });

  it.each([
    ['unpublished', { id: 'a', status: 'draft', title: 'x', html: '' }, { status: 'published' }],
    ['deleted', {}, { id: 'a', title: 'x' }],
  ])('tell of a post that was %s; it is looked for once more', async (_event, current, previous) => {
    ghost.post('a');
    const told = receive(current, previous);
    if (told.kind !== 'accepted') throw new Error('refused');
    expect(signs(told.refs)).toEqual(['post:a gone']);
    expect(await ghostSource.read(told.refs[0]!, settings, tools)).toBeNull();
    ghost.posts.length = 0;
    expect(await ghostSource.read(told.refs[0]!, settings, tools)).toMatchObject({ kind: 'gone', certain: true });
    await ghost.close();
    expect(await ghostSource.read(told.refs[0]!, settings, tools)).toMatchObject({ kind: 'gone', certain: true });
    ghost = await startGhost(() => clock.now());
  });

  it('that name no post make the source be looked at', () => {
    expect(receive({}, {})).toMatchObject({ kind: 'accepted', refs: [], poll: true });
  });

  it.each([
    ['another secret', () => receive({}, {}, 'another secret!!')],
    ['an old time', () => receive({}, {}, secret, clock.now() - 6 * minute)],
    ['no signature', () => ghostSource.receive!({ headers: {}, body: Buffer.from('{}'), now: clock.now() }, settings)],
  ])('with %s are refused', (_what, send) => {
    expect(send()).toMatchObject({ kind: 'refused', status: 401 });
  });

  it('that are signed but hold no post are refused as such', () => {
    const request = ghostWebhook({ member: {} } as never, { secret, at: clock.now() });
    expect(ghostSource.receive!({ ...request, now: clock.now() }, settings)).toMatchObject({ status: 400 });
  });

  it('are refused where no secret was agreed on', () => {
    settings = ghostSource.settings.parse({ url: ghost.url, key: ghost.key });
    expect(receive({}, {})).toMatchObject({ kind: 'refused', status: 401 });
  });
});

describe('discovery', () => {
  const discover = (head: string) =>
    ghostSource.discover!({ url: `${ghost.url}/`, html: `<head>${head}</head>` }, tools);
  const generator = '<meta name="generator" content="Ghost 6.2">';

  it('finds a Ghost with the key its theme hands out', async () => {
    ghost.post('a', { title: 'Chợ nổi' });
    const portal = `<script defer src="https://cdn.example/portal.min.js" data-ghost="${ghost.url}/" data-key="${ghost.key}" data-api="${ghost.url}/ghost/api/content/"></script>`;
    expect(await discover(generator + portal)).toEqual([
      {
        settings: { url: `${ghost.url}/`, key: ghost.key },
        found: 'a Ghost with 1 post, whole texts and photos with captions; the newest: “Chợ nổi”',
        guesses: { key: expect.any(String) },
        needs: null,
      },
    ]);
    const search = `<script src="https://cdn.example/sodo-search.min.js" data-key="${ghost.key}" data-sodo-search="${ghost.url}/"></script>`;
    expect(await discover(search)).toMatchObject([{ settings: { key: ghost.key }, needs: null }]);
  });

  it('says what is missing where there is no key, or a wrong one', async () => {
    const wrong = `<script data-key="0123456789abcdef" data-api="${ghost.url}/ghost/api/content/"></script>`;
    for (const head of [generator, wrong]) {
      const [found] = await discover(head);
      expect(found?.needs).toMatch(/^a Content API key/);
      expect(() => ghostSource.settings.parse(found!.settings)).not.toThrow();
    }
  });

  it('finds none elsewhere', async () => {
    expect(await discover('<meta name="generator" content="WordPress 6.9">')).toEqual([]);
    expect(ghost.requests).toEqual([]);
  });
});
