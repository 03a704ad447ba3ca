import { afterEach, describe, expect, test } from 'vitest';
import { newsroomSample } from '#tests/console/newsroom-sample.ts';
import { delivery } from '#tests/fakes/delivery.ts';
import type { LedgerContent } from '#tests/fakes/read-ledger.ts';
import { type BenchOptions, startServer } from '#tests/server/server-bench.ts';

const open: Awaited<ReturnType<typeof startServer>>[] = [];
afterEach(async () => {
  for (const bench of open.splice(0)) await bench.close();
});

async function start(options?: BenchOptions) {
  const bench = await startServer({ signedIn: true, ...options });
  open.push(bench);
  return bench;
}

/** As a browser set to English asks. */
const inEnglish = { 'accept-language': 'en' };

const everyPage = ['/console', '/console/articles/k3m9x2p7qa', '/feeds', '/feeds/latest', '/board/board'];

describe('the newsroom page', () => {
  test('tells of each article what became of it on every feed and channel, and why not', async () => {
    const { get } = await start({ ledger: newsroomSample() });
    const text = plain((await get('/console', inEnglish)).text);
    for (const told of [
      'latest: holds it',
      'the-thao: not for this feed: it takes section Thể thao',
      'board: Posted at 09:31:10',
      'fediverse: Needs a person: the answer never came',
      'board: Goes out at 10:02:00',
      'There is no picture at its address (404)',
      'bao.example did not answer within 30 s',
      'latest: the article was withdrawn',
    ]) {
      expect(text).toContain(told);
    }
  });

  test('shows photos from the server itself, with their captions', async () => {
    const { get } = await start({ ledger: newsroomSample() });
    const { text } = await get('/console', inEnglish);
    expect(text).toMatch(/<img src="\/photos\/[0-9a-f]+\/320\.jpg" alt="Xe khách trên đèo"/);
    expect(text).toContain('Xe khách qua đoạn đường vừa thông. Ảnh: Hoàng Huấn');
  });

  test('lists the posts that wait for approval; the article page shows each to read, to write anew and to let go', async () => {
    const sample = newsroomSample();
    const row = delivery({ id: 'd9', channelId: 'fediverse', reason: 'waits for approval' });
    const text = 'Mở lại đường đèo <Sơn Thủy> & chợ phiên\n\nhttps://bao.example/deo';
    const post = {
      ...{ channel: 'fediverse', kind: 'mastodon', text, length: 61, limit: 500, unit: 'graphemes', language: 'vi' },
      ...{ link: 'https://bao.example/deo', notes: ['the summary was shortened'] },
      photos: [
        { url: 'https://loa.example/a.jpg', alt: 'Xe "khách" trên đèo', width: 1, height: 1, bytes: 1, type: null },
      ],
    };
    const edit = delivery({ ...row, id: 'd10', op: 'edit', createdAt: row.createdAt + 1 });
    const shown = { d9: { delivery: row, post, revision: 3 }, d10: { delivery: edit, post, revision: 3 } };
    const { get } = await start({ ledger: { ...sample, deliveries: [edit, row] }, shown });
    const first = (await get('/console', inEnglish)).text;
    expect(plain(first)).toMatch(/Waiting for approval\s*fediverse\s*Mở lại đường đèo/);
    const page = (await get(`/console/articles/${row.articleId}`, inEnglish)).text;
    expect(page).toContain('action="/console/actions/deliveries/d9/approve"');
    expect(page).not.toContain('deliveries/d10/approve');
    expect(page).toContain('<input type="hidden" name="revision" value="3">');
    expect(page).toContain('Mở lại đường đèo &lt;Sơn Thủy&gt; &amp; chợ phiên\n\nhttps://bao.example/deo</textarea>');
    expect(plain(page)).toContain('61 of 500 graphemes');
    expect(plain(page)).toContain('the summary was shortened');
    expect(page).toContain('Xe &quot;khách&quot; trên đèo');
  });

  test('asks a person what to do about what is held of a source, with the alert that says so', async () => {
    const sample = newsroomSample();
    const alert = { ...sample.alerts[0]!, next: null };
    const alerts = ['source-portal-burst', 'source-portal-shift', 'source-portal'].map((cause) => ({
      ...alert,
      cause,
    }));
    const { get } = await start({ ledger: { ...sample, alerts } });
    const { text } = await get('/console', inEnglish);
    const actions = [...text.matchAll(/action="\/console\/actions\/sources\/portal\/(\w+)"/g)].map(([, name]) => name);
    expect(actions).toEqual(['seen', 'newest', 'drip', 'fold']);
    expect(text).toContain('name="count" type="number"');
  });

  test('without anything yet says what will happen, or what to set up', async () => {
    const waiting = await start();
    expect((await waiting.get('/console', inEnglish)).text).toContain('They appear here as soon as a source lists one');
    const empty = await start({ settings: { sources: [], channels: [], feeds: [] } });
    const { text } = await empty.get('/console', inEnglish);
    expect(text).toContain('No source is set up');
    expect(text).toContain('No channels are set up');
    expect((await empty.get('/feeds')).text).toContain('Chưa có nguồn tin nào');
  });
});

describe('pages for readers', () => {
  test('give each feed’s address, its newest headlines, and links for programs', async () => {
    const { get } = await start({ ledger: newsroomSample() });
    const { text } = await get('/feeds');
    expect(text).toContain(
      '<code title="Bấm một lần để chọn, rồi sao chép.">http://localhost:8080/feeds/latest.rss</code>',
    );
    expect(text).toContain('<link rel="alternate" type="application/atom+xml" title="Tin mới (Atom)"');
    expect(text).toContain('Đội trẻ Sơn Thủy thắng đậm');
  });

  test('say nothing of what fails inside', async () => {
    const { get } = await start({ ledger: newsroomSample() });
    for (const path of ['/feeds', '/feeds/latest', '/feeds/the-thao']) {
      const { text } = await get(path);
      expect(text).not.toContain('no space left');
      expect(text).not.toContain('There is no picture');
    }
  });

  test('lead nobody from outside to the console', async () => {
    const { get } = await start({ settings: { publicUrl: 'https://tin.example' } });
    for (const path of ['/feeds', '/nowhere', '/board/board']) {
      expect((await get(path, { host: 'tin.example' })).text).not.toContain('href="/console"');
    }
    expect((await get('/', { host: 'tin.example' })).headers['location']).toBe('/feeds');
  });

  test('hold the whole text of an article that has no page of its own', async () => {
    const sample = newsroomSample();
    const articles = sample.articles.map((one) => ({ ...one, state: 'live' as const }));
    const { get } = await start({ ledger: { ...sample, articles } });
    expect((await get('/feeds/latest')).text).toContain('<p>الفقرة الثانية.</p>');
  });

  test('are in the site’s language, or in English', async () => {
    const site = { name: 'Báo Sơn Thủy', url: 'https://bao.example', timezone: 'Asia/Ho_Chi_Minh' };
    for (const [language, answers, title] of [
      ['vi-VN', 'vi', 'Nguồn tin'],
      ['en', 'en', 'Feeds'],
      ['lo', 'en', 'Feeds'],
    ] as const) {
      const { get } = await start({ settings: { site: { ...site, language } } });
      const { text } = await get('/feeds');
      expect(text).toContain(`<html lang="${answers}">`);
      expect(text).toContain(`<h1>${title}</h1>`);
    }
  });

  test('are marked with each text’s language', async () => {
    const { get } = await start({ ledger: newsroomSample() });
    expect((await get('/feeds/latest')).text).toMatch(/<h2 lang="th" dir="auto">/);
  });
});

test('a board shows the post as it went out, photos and captions with it', async () => {
  const { get } = await start({ ledger: newsroomSample() });
  const { text } = await get('/board/board');
  expect(text).toContain('<a href="https://bao.example/deo" rel="noreferrer">https://bao.example/deo</a>');
  expect(text).toContain('<span class="tag">#ThờiSự</span>');
  expect(text).toMatch(/<img src="\/photos\/0000ab12[^"]+\/1280\.jpg"[^>]*>\s*<figcaption lang="vi"/);
  expect(text).toContain('<span class="credit">Phương Dung</span>');
});

test('an article’s own page says where it went, then its story', async () => {
  const { get } = await start({ ledger: newsroomSample() });
  const { text } = await get('/console/articles/k3m9x2p7qa', inEnglish);
  expect(text).toContain('First seen at source portal');
  expect(plain(text)).toContain('fediverse: Needs a person');
  expect(text.indexOf('Needs a person')).toBeLessThan(text.indexOf('First seen at source portal'));
});

const attacks = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</title><svg onload=alert(1)>',
  '<!--<p>',
  '&lt;b&gt;',
];

test.each(attacks)('%s in any text of the newsroom is shown as text on every page', async (attack) => {
  const { get } = await start({
    ledger: poisoned(attack),
    settings: { site: { name: attack, url: 'https://bao.example', language: 'vi', timezone: 'Asia/Ho_Chi_Minh' } },
  });
  for (const path of everyPage) {
    const { status, text } = await get(path);
    expect(status).toBe(200);
    expect(text).not.toContain(attack);
    expect(text).toContain(
      attack
        .replace(/&/g, '&amp;')
        .replace(/</g, '&lt;')
        .replace(/>/g, '&gt;')
        .replace(/"/g, '&quot;')
        .replace(/'/g, '&#39;'),
    );
    expect(text).not.toMatch(/<(svg|script>|img src=x)/);
  }
});

test('an address that is no web address becomes no link', async () => {
  const { get } = await start({ ledger: poisoned('javascript:alert(1)') });
  for (const path of everyPage) expect((await get(path)).text).not.toContain('href="javascript:');
});

/** Every text that comes from outside, replaced. */
function poisoned(attack: string): Partial<LedgerContent> {
  const sample = newsroomSample();
  const [article] = sample.articles;
  const [board] = sample.board;
  return {
    ...sample,
    articles: [
      {
        ...article!,
        headline: attack,
        lead: attack,
        text: attack,
        byline: [attack],
        section: attack,
        url: attack,
        language: attack,
        doubts: [attack],
        photos: article!.photos.map((photo) => ({ ...photo, caption: attack, credit: attack, alt: attack })),
      },
    ],
    photos: sample.photos.map((photo) => ({ ...photo, failure: photo.failure && attack })),
    deliveries: sample.deliveries.map((one) => ({ ...one, reason: attack, remote: { id: attack, url: attack } })),
    sources: sample.sources.map((source) => ({ ...source, lastError: attack })),
    alerts: sample.alerts.map((alert) => ({ ...alert, message: attack, next: attack })),
    board: [
      {
        ...board!,
        id: attack,
        post: {
          ...board!.post,
          language: attack,
          segments: [
            { kind: 'text', text: attack },
            { kind: 'link', text: attack, url: attack },
            { kind: 'hashtag', text: attack },
          ],
          photos: board!.post.photos.map((photo) => ({
            ...photo,
            file: attack,
            alt: attack,
            caption: attack,
            credit: attack,
          })),
        },
      },
    ],
  };
}

function plain(markup: string): string {
  return markup.replace(/<[^>]+>/g, '').replace(/\s+/g, ' ');
}
