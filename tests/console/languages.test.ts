import { afterEach, describe, expect, test } from 'vitest';
import { chooseWords, tables } from '#src/console/words.ts';
import { english } from '#src/console/words-en.ts';
import { newsroomSample } from '#tests/console/newsroom-sample.ts';
import { type BenchOptions, startServer } from '#tests/server/server-bench.ts';

const open: Awaited<ReturnType<typeof startServer>>[] = [];
afterEach(async () => {
  for (const bench of open.splice(0)) await bench.close();
});

async function start(options: BenchOptions = { ledger: newsroomSample() }) {
  const bench = await startServer({ signedIn: true, ...options });
  open.push(bench);
  return bench;
}

test.each([
  [['fr', 'vi-VN', 'en'], 'en', 'vi'],
  [['en-US'], 'vi', 'en'],
  [[], 'vi-VN', 'vi'],
  [['fr'], 'lo', 'en'],
])('who wants %j of a site in %s reads %s', (wanted, site, language) => {
  expect(chooseWords(wanted, site).language).toBe(language);
});

describe('a page', () => {
  test('is in the browser’s language, and says what that depends on', async () => {
    const { get } = await start();
    for (const path of ['/console', '/feeds', '/nowhere']) {
      const { text, headers } = await get(path, { 'accept-language': 'en-GB,en;q=0.8,vi;q=0.5' });
      expect(text).toContain('<html lang="en">');
      expect(headers['vary']).toBe('Accept-Language, Cookie');
      expect((await get(path, { 'accept-language': 'vi' })).text).toContain('<html lang="vi">');
    }
  });

  test('offers the other language, and a choice holds from then on', async () => {
    const { get } = await start();
    const browser = { 'accept-language': 'en' };
    const before = (await get('/feeds', browser)).text;
    expect(before).toMatch(/<a href="\?lang=vi" lang="vi"[^>]*>Tiếng Việt<\/a>/);
    const chosen = await get('/feeds?lang=vi', browser);
    expect(chosen.text).toContain('<html lang="vi">');
    const cookie = chosen.headers['set-cookie']!;
    expect(cookie).toMatch(/^loa-language=vi; Path=\/; Max-Age=\d+; SameSite=Lax; HttpOnly$/);
    const later = await get('/console', { ...browser, cookie: `other=1; ${cookie.split(';')[0]}` });
    expect(later.text).toContain('<html lang="vi">');
  });

  test.each(['xx', '<script>', 'vi; Domain=evil.example', 'vi%0d%0aX: 1', ''])(
    'that is asked for in %s is in the browser’s language, and nothing strange is kept',
    async (language) => {
      const { get } = await start();
      const { status, text, headers } = await get(`/feeds?lang=${encodeURIComponent(language)}`, {
        'accept-language': 'vi',
      });
      expect(status).toBe(200);
      expect(text).toContain('<html lang="vi">');
      expect(headers['set-cookie'] ?? '').toMatch(/^(loa-language=xx;.*)?$/);
    },
  );

  test('tells in Vietnamese what became of each article', async () => {
    const { get } = await start();
    const text = plain((await get('/console?lang=vi')).text);
    for (const sentence of [
      'latest: đang có bài này',
      'the-thao: không thuộc nguồn tin này: chỉ nhận chuyên mục Thể thao',
      'board: Đã đăng lúc 09:31:10',
      'fediverse: Cần xem',
      'board: Sẽ đăng lúc 10:02:00',
      'Không có ảnh ở địa chỉ này (404); hãy hỏi tòa soạn',
      'bao.example không trả lời trong 30 giây',
      'bản 2',
    ]) {
      expect(text).toContain(sentence);
    }
  });

  test('tells an article’s story in Vietnamese', async () => {
    const { get } = await start();
    const text = plain((await get('/console/articles/k3m9x2p7qa?lang=vi')).text);
    expect(text).toContain('Thấy lần đầu ở nguồn portal');
    expect(text).toContain('Kênh board: đăng bài, lần 1: đã gửi sau 90 ms');
  });
});

test('every language has a word for everything, with the values of the English one', () => {
  const values = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
  for (const words of tables) {
    expect(Object.keys(words.done)).toEqual(Object.keys(english.done));
    for (const [key, text] of Object.entries(words).filter(([, value]) => typeof value === 'string')) {
      expect(text, key).not.toBe('');
      expect(values(text as string), key).toEqual(values(english[key as 'board']));
    }
  }
});

function plain(markup: string): string {
  return markup.replace(/<[^>]+>/g, '').replace(/\s+/g, ' ');
}
