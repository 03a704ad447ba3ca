import { describe, expect, test } from 'vitest';
import { ownAddresses, typedAddresses } from '#src/commands/init/address.ts';
import { planSettings, sourceId } from '#src/commands/init/plan.ts';
import { guessSite, withArticles } from '#src/commands/init/site.ts';
import type { ReadArticle } from '#src/commands/read-target.ts';
import { storedArticle } from '#tests/fakes/stored-article.ts';

describe('the address that is typed', () => {
  test('needs no scheme; https is asked first', () => {
    expect(typedAddresses('bao.example/tin')).toEqual(['https://bao.example/tin', 'http://bao.example/tin']);
    expect(typedAddresses(' localhost:8080 ')).toEqual(['https://localhost:8080/', 'http://localhost:8080/']);
    expect(typedAddresses('HTTPS://Báo.example/#x')).toEqual(['https://xn--bo-mia.example/']);
  });

  test.each(['ftp://bao.example', 'https://', 'mailto:a@b.example', 'https://u:p@bao.example', 'two words'])(
    'is not %s',
    (typed) => {
      expect(() => typedAddresses(typed)).toThrow();
    },
  );

  test('may be on a network of one’s own, and then only that is reached; never the machine’s metadata', async () => {
    expect(await ownAddresses('http://127.0.0.1:8080/')).toEqual(['127.0.0.1/32']);
    expect(await ownAddresses('http://[::1]/')).toEqual(['::1/128']);
    expect(await ownAddresses('http://10.1.2.3/')).toEqual(['10.1.2.3/32']);
    for (const host of ['169.254.169.254', '0.0.0.0', '8.8.8.8'])
      expect(await ownAddresses(`http://${host}/`)).toEqual([]);
  });
});

describe('what a front page tells', () => {
  const look = (html: string, url = 'https://bao.example/') => guessSite({ url, html });
  const page = (head: string, body = '', lang = '') =>
    `<!doctype html><html ${lang}><head>${head}</head><body>${body}</body></html>`;

  test.each([
    ['<meta property="og:site_name" content="Báo A"><title>B</title>', 'Báo A'],
    ['<title>Trang chủ | Báo Ví Dụ - Tin tức mới nhất</title>', 'Báo Ví Dụ'],
    ['<title>Home » The Valley Herald</title>', 'The Valley Herald'],
    ['<title>ホーム</title>', 'bao.example'],
    ['', 'bao.example'],
  ])('of its name: %s', (head, name) => {
    expect(look(page(head)).name).toMatchObject({ value: name, why: expect.any(String) });
  });

  test('of its language: the markup, unless the words say otherwise', () => {
    const english =
      '<p>The council will vote on Tuesday on whether the old bridge should be repaired or replaced next year.</p>';
    const vietnamese =
      '<p>Hội đồng sẽ biểu quyết vào thứ Ba về việc sửa hay thay cây cầu cũ trong năm tới của huyện.</p>';
    expect(look(page('', english, 'lang="en-GB"')).language.value).toBe('en-GB');
    expect(look(page('', vietnamese)).language.value).toBe('vi');
    expect(look(page('', vietnamese, 'lang="en"'))).toMatchObject({
      language: { value: 'vi' },
      timezone: { value: 'Asia/Ho_Chi_Minh' },
    });
    expect(look(page('')).language).toMatchObject({ value: 'en', why: expect.stringContaining('tells none') });
  });

  test('of its zone: by the country of the address, then by the language, else UTC and a word about it', () => {
    expect(look(page(''), 'https://bao.vn/').timezone.value).toBe('Asia/Ho_Chi_Minh');
    expect(look(page('', '', 'lang="th"')).timezone.value).toBe('Asia/Bangkok');
    expect(look(page('', '', 'lang="en"')).timezone).toMatchObject({
      value: 'UTC',
      why: expect.stringContaining('not known'),
    });
  });

  test('gives way to the articles, where most are in another language', () => {
    const site = look(page('', '', 'lang="en"'));
    expect(withArticles(site, ['vi', 'vi', 'vi', 'en'])).toMatchObject({
      language: { value: 'vi' },
      timezone: { value: 'Asia/Ho_Chi_Minh' },
    });
    expect(withArticles(site, ['vi', 'vi', 'en', 'en'])).toBe(site);
    expect(withArticles(site, [])).toBe(site);
  });
});

describe('the settings that are planned', () => {
  const site = guessSite({ url: 'https://bao.example/', html: '' });
  const way = { kind: 'feed', settings: { url: 'https://bao.example/rss' }, found: 'a feed', guesses: {}, needs: null };
  const read = (section: string | null): ReadArticle => ({
    id: 'x',
    article: storedArticle({ section }),
    timezone: 'UTC',
    how: '',
    sourceId: 'bao',
  });
  const feeds = (...sections: (string | null)[]) =>
    planSettings(site, way, { id: 'bao', articles: sections.map(read), allow: [], date: '2026-11-26' }).feeds.map(
      ({ id, section }) => [id, section],
    );

  test('have a feed of everything, and of the two largest sections', () => {
    expect(feeds('Đời sống', 'Đời sống', 'Văn hóa', 'Kinh tế', 'Kinh tế', 'Kinh tế', 'Thể thao', null)).toEqual([
      ['latest', null],
      ['kinh-te', 'Kinh tế'],
      ['doi-song', 'Đời sống'],
    ]);
  });

  test('have none of a section that was seen once, or that is all there is', () => {
    expect(feeds('Đời sống', 'Văn hóa', null)).toHaveLength(1);
    expect(feeds('Tin', 'Tin', 'Tin')).toHaveLength(1);
  });

  test('have an id of their own for each feed, whatever the section is called', () => {
    expect(feeds('ข่าว', 'ข่าว', 'Latest', 'Latest', null).map(([id]) => id)).toEqual([
      'latest',
      'section-1',
      'section-2',
    ]);
    expect(feeds('Đời sống', 'Đời sống', 'Doi song', 'Doi song', null).map(([id]) => id)).toEqual([
      'latest',
      'doi-song',
      'section-2',
    ]);
  });

  test.each([
    ['https://www.bao-lang.example/', 'bao-lang'],
    ['https://m.bao.example/', 'bao'],
    ['http://127.0.0.1:8080/', 'site'],
    ['http://[::1]/', 'site'],
    ['https://localhost/', 'localhost'],
  ])('call the source of %s %s', (url, id) => {
    expect(sourceId(url)).toBe(id);
  });
});
