import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '#src/core/errors.ts';
import type { ArticleRef } from '#src/core/signal.ts';
import { createHttp } from '#src/net/http-client.ts';
import { readPush } from '#src/sources/push/read-push.ts';
import { pushSource } from '#src/sources/push.ts';
import { receiveContract } from '#tests/contracts/receive-contract.ts';
import { answer, type FeedServer, startFeedServer } from '#tests/fakes/feed-server.ts';
import { manualClock } from '#tests/fakes/manual-clock.ts';
import { testSourceTools } from '#tests/fakes/source-tools.ts';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const clock = manualClock();
const settings = pushSource.settings.parse({ secret });
const bytes = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

const article = {
  externalId: 'cau-8',
  url: 'https://bao.example/tin/cau-8?utm_source=x',
  canonicalUrl: 'https://bao.example/tin/cau-8',
  title: 'Cầu số 8 thông xe',
  summary: 'Cầu nối hai xã sau ba năm chờ đợi.',
  contentHtml: '<p>Sáng 26/11, cầu số 8 thông xe.</p>',
  lang: 'vi',
  authors: ['Lê An', { name: 'Trần Bình' }],
  sections: ['Thời sự', 'Giao thông'],
  tags: ['cầu'],
  publishedAt: '2026-11-26T08:00:00+07:00',
  modifiedAt: null,
  images: [{ url: '/anh/cau.jpg', caption: 'Cầu số 8.', credit: 'Lê An', alt: null, width: 1200, height: 800 }],
  raw: { whatever: [1] },
  fetchedAt: 'now',
  rank: 3,
};

const read = (value: unknown, more = {}, contentType = 'application/json') =>
  readPush({ body: bytes(value), contentType, now: clock.now() }, { ...settings, ...more });

function refusal(value: unknown, more = {}, contentType?: string): string {
  try {
    read(value, more, contentType);
  } catch (error) {
    if (error instanceof UserError) return `${error.message}. ${error.next}`;
    throw error;
  }
  throw new Error('it was taken');
}

function request(value: unknown, { by = secret, type = 'application/json', id = 'm1' } = {}) {
  const body = bytes(value);
  const time = Math.floor(clock.now() / 1000);
  const made = createHmac('sha256', Buffer.from(by.slice(6), 'base64'))
    .update(`${id}.${time}.`)
    .update(body);
  const signature = `v1,${made.digest('base64')}`;
  const signed = { 'webhook-id': id, 'webhook-timestamp': `${time}`, 'webhook-signature': signature };
  return { headers: { ...signed, 'content-type': type }, body, now: clock.now() };
}

receiveContract(pushSource, () => ({
  settings,
  tools: null as never,
  sign: (id, title, message) => request({ id, title, text: 'Một đoạn.' }, { id: message }),
}));

describe('a signed request', () => {
  it('tells of the article under its id, to be read as it came', async () => {
    const received = pushSource.receive!(request(article), settings);
    expect(received).toMatchObject({ kind: 'accepted', messageId: 'm1', poll: false });
    const [ref] = (received as { refs: ArticleRef[] }).refs;
    expect(ref).toMatchObject({ externalId: 'cau-8', title: 'Cầu số 8 thông xe', sign: 'changed' });
    const raw = await pushSource.read(JSON.parse(JSON.stringify(ref)), settings, null as never);
    expect(raw).toEqual({
      kind: 'page',
      url: 'https://bao.example/tin/cau-8',
      html: '',
      hints: {
        headline: 'Cầu số 8 thông xe',
        lead: 'Cầu nối hai xã sau ba năm chờ đợi.',
        byline: ['Lê An', 'Trần Bình'],
        language: 'vi',
        section: 'Thời sự',
        tags: ['Giao thông', 'cầu'],
        publishedAt: '2026-11-26T08:00:00+07:00',
        url: 'https://bao.example/tin/cau-8',
        bodyHtml: '<p>Sáng 26/11, cầu số 8 thông xe.</p>',
        photos: [
          { url: 'https://bao.example/anh/cau.jpg', caption: 'Cầu số 8.', credit: 'Lê An', width: 1200, height: 800 },
        ],
      },
    });
  });

  it('with another secret is refused before anything of it is read', () => {
    const other = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
    expect(pushSource.receive!(request('not JSON', { by: other }), settings)).toMatchObject({ status: 401 });
  });

  it('that is not understood is told what to do', () => {
    const received = pushSource.receive!(request({ ...article, tittle: 'x' }), settings);
    expect(received).toEqual({
      ...{
        kind: 'refused',
        status: 400,
        reason: 'the article: "tittle" is not known here',
        next: 'Did you mean "title"?',
      },
    });
  });
});

describe('what is pushed', () => {
  it('may be one article, a list, or a list with a name', () => {
    const two = [article, { id: 9, title: 'Tin', text: 'Một đoạn.' }];
    for (const body of [two, { articles: two }])
      expect(read(body).map((ref) => ref.externalId)).toEqual(['cau-8', '9']);
    expect(read({ articles: [] })).toEqual([]);
  });

  it('has the same stamp while it says the same, in whatever order', () => {
    const [first] = read(article);
    const turned = Object.fromEntries(Object.entries({ ...article, fetchedAt: 'later' }).reverse());
    expect(read(turned)[0]?.stamp).toBe(first?.stamp);
    expect(read({ ...article, title: 'Cầu số 8 thông xe sớm' })[0]?.stamp).not.toBe(first?.stamp);
  });

  it('may say that an article is gone', async () => {
    const [ref] = read({ id: 'cau-8', deleted: true });
    expect(ref).toMatchObject({ externalId: 'cau-8', sign: 'gone' });
    expect(await pushSource.read(ref!, settings, null as never)).toMatchObject({ kind: 'gone', certain: true });
  });

  it('says as of when it is so, unless that is a day or still to come', () => {
    const asOf = (modifiedAt: string) => read({ ...article, modifiedAt })[0]?.asOf;
    expect(asOf('2026-11-20T08:00:00+07:00')).toBe(Date.UTC(2026, 10, 20, 1));
    expect(asOf('2026-11-20')).toBeUndefined();
    expect(asOf('2031-01-01T00:00:00Z')).toBeUndefined();
  });

  it('is known by its address where it has no id', () => {
    const { externalId: _, ...unnamed } = article;
    expect(read(unnamed)[0]?.externalId).toBe('https://bao.example/tin/cau-8');
  });

  it.each<[string, unknown, RegExp]>([
    ['nothing', '', /body is empty/],
    ['no JSON', '{"title": ', /not JSON: .*Content-Type: text\/html/],
    ['a word', '"tin"', /not an article/],
    ['a list in a list', [[article]], /article 1 is not an article/],
    ['no id', { title: 'Tin', text: 'x' }, /"id" is missing.*stays the same/],
    ['an empty id', { id: ' ', text: 'x' }, /"id" is not understood/],
    ['no text', { id: 1, title: 'Tin' }, /"contentHtml" is missing.*payload: hint/],
    ['blank text', { id: 1, contentHtml: ' \n' }, /"contentHtml" is missing/],
    ['a wrong kind of title', { ...article, title: ['x'] }, /"title" is not understood.*must be text/],
    ['a date in words', { ...article, publishedAt: 'hôm qua' }, /"publishedAt".*2026-11-29T08/],
    ['a language that is none', { ...article, lang: 'tiếng Việt' }, /"lang".*`vi`/],
    ['photos of nothing', { ...article, images: [{ caption: 'x' }] }, /"images", entry 1, is not understood/],
    [
      'a misspelt key of a photo',
      { ...article, images: [{ url: 'https://a.example/1.jpg', captoin: 'x' }] },
      /"captoin" is not known.*"caption"/,
    ],
    [
      'a photo on this machine',
      { ...article, images: ['file:///etc/passwd'] },
      /"images", entry 1 is not a web address/,
    ],
    ['a script for an address', { ...article, canonicalUrl: 'javascript:alert(1)' }, /"url" is not a web address/],
    ['an answer without a yes', { id: 1, deleted: 'yes' }, /"deleted".*`true`/],
    ['fields beside the list', { articles: [], total: 0 }, /"total" stands beside/],
    ['a list that is none', { articles: {} }, /"articles" is not a list/],
    ['the second of two', [article, { ...article, sumary: 'x' }], /article 2: "sumary".*"summary"/],
    ['bytes', new Uint8Array([0x7b, 0xff, 0xfe]), /not UTF-8/],
  ])('%s is refused by name, cause and next step', (_, value, told) => {
    if (value instanceof Uint8Array) {
      const push = () => readPush({ body: value, contentType: 'application/json', now: 0 }, settings);
      expect(push).toThrow(told);
    } else expect(refusal(value)).toMatch(told);
  });

  it('may be a thousand articles, and no more at once', () => {
    const many = Array.from({ length: 1001 }, (_, index) => ({ ...article, externalId: `tin-${index}` }));
    expect(read(many.slice(1))).toHaveLength(1000);
    expect(refusal(many)).toMatch(/^there are 1001 articles in it, and 1000 are the most/);
    expect(refusal({ articles: many })).toMatch(/1001/);
  });

  it.each(['title', 'authors', 'images', 'publishedAt', 'raw'])('may hold lists in lists without end: %s', (field) => {
    const json = `{"id":"1","text":"a","${field}":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    const body = new TextEncoder().encode(json);
    const reading = () => readPush({ body, contentType: 'application/json', now: clock.now() }, settings);
    if (field === 'raw') expect(reading()).toHaveLength(1);
    else expect(reading).toThrow(UserError);
  });

  it('is told of in few words, however long what it says', () => {
    expect(refusal({ ...article, ['x'.repeat(100_000)]: 1 }).length).toBeLessThan(600);
    expect(
      refusal({ ...article, images: [{ url: 'https://a.example/', ['x'.repeat(100_000)]: 1 }] }).length,
    ).toBeLessThan(600);
  });

  it('is never taken in part', () => expect(refusal([article, { id: 2 }])).toMatch(/^article 2:/));

  it('throws only what a sender can be told, whatever it is', () => {
    const names = fc.constantFrom(...Object.keys(article), 'id', 'deleted', 'articles', 'text', '__proto__', 'x');
    const body = fc.oneof(fc.jsonValue(), fc.dictionary(names, fc.jsonValue()));
    fc.assert(
      fc.property(body, fc.constantFrom('truth', 'hint'), (value, payload) => {
        try {
          for (const ref of read(value, { payload })) expect(ref.externalId).not.toBe('');
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
    );
  });
});

describe('a whole page', () => {
  const page = (head: string) =>
    `<!doctype html><html><head>${head}</head><body><h1>Chợ đêm</h1><p>Mở lại.</p></body></html>`;
  const push = (html: string, more = {}) => read(html, more, 'text/html; charset=utf-8')[0]!;

  it('is known by the address it gives itself', async () => {
    const html = page('<link rel="canonical" href="https://bao.example/cho-dem#a">');
    const ref = push(html);
    expect(ref).toMatchObject({ externalId: 'https://bao.example/cho-dem', title: 'Chợ đêm' });
    expect(await pushSource.read(ref, settings, null as never)).toMatchObject({ kind: 'page', html });
    const og = page('<meta property="og:url" content="/cho-dem"><meta property="og:title" content="Chợ đêm An Phú">');
    expect(push(og, { url: 'https://bao.example' })).toMatchObject({
      url: 'https://bao.example/cho-dem',
      title: 'Chợ đêm An Phú',
    });
  });

  it('without one is known by its headline on its day', () => {
    expect(push(page('')).externalId).toMatch(/^\d{4}-\d\d-\d\d Chợ đêm$/);
    expect(refusal('<p>x</p>', {}, 'text/html')).toMatch(/canonical/);
  });

  it('may be in any charset', () => {
    const body = Buffer.concat([Buffer.from('<title>Caf'), Buffer.from([0xe9]), Buffer.from('</title><p>x</p>')]);
    const [ref] = readPush({ body, contentType: 'text/html; charset=windows-1252', now: 0 }, settings);
    expect(ref?.title).toBe('Café');
  });
});

describe('a hint', () => {
  let server: FeedServer;
  const http = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'test', clock: manualClock() });
  beforeEach(async () => {
    server = await startFeedServer();
  });
  afterEach(() => server.close());

  it('says which page is to be read, and what is gone', async () => {
    const hints = pushSource.settings.parse({ secret, payload: 'hint', url: server.url });
    server.on('/tin/1', answer(200, '<h1>Tin một</h1>', { 'content-type': 'text/html' }));
    const [ref] = read({ id: 1, url: '/tin/1', sections: ['Thời sự'] }, hints);
    const tools = testSourceTools(http, clock);
    const raw = await pushSource.read(ref!, hints, tools);
    expect(raw).toMatchObject({ kind: 'page', html: '<h1>Tin một</h1>', hints: { section: 'Thời sự' } });
    const [lost] = read({ id: 2, url: '/tin/2' }, hints);
    expect(await pushSource.read(lost!, hints, tools)).toMatchObject({ kind: 'gone', certain: false });
  });

  it('needs an address', () => {
    expect(refusal({ id: 1, title: 'Tin' }, { payload: 'hint' })).toMatch(/"url" is missing/);
    expect(refusal({ id: 1, url: '/tin/1' }, { payload: 'hint' })).toMatch(/"url" is not a web address/);
  });
});

it('is never polled for anything', async () => {
  expect(pushSource.pollEvery).toBe('never');
  expect(await pushSource.poll(null, settings, null as never)).toMatchObject({ refs: [], unchanged: true });
  expect(pushSource.describe({ ...settings, url: 'https://bao.example' })).toContain('https://bao.example');
});
