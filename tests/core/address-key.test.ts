import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressKey, isSameSite } from '#src/core/address-key.ts';

const keyOf = (address: string) => addressKey(address)?.key;

describe('addressKey', () => {
  it.each([
    'http://bao.example/tin/cau-moi-781204.html',
    'https://www.bao.example/tin/cau-moi-781204.html',
    'https://m.bao.example:443/tin/cau-moi-781204.html',
    'http://bao.example:80/tin//cau-moi-781204.html/',
    'https://amp.bao.example/tin/cau-moi-781204.html',
    'https://bao.example/amp/tin/cau-moi-781204.html',
    'https://bao.example/tin/cau-moi-781204.amp.html',
    'https://bao.example/tin/cau-moi-781204.html/amp/',
    'https://bao.example/tin/cau-moi-781204.html?amp=1',
    'https://bao.example/tin/cau-moi-781204.html?outputType=amp&utm_campaign=x#a',
    'https://bao.example/tin/cau-moi-781204.html;jsessionid=0A1B?PHPSESSID=1&fbclid=2',
    'https://bao-example.cdn.ampproject.org/c/s/bao.example/tin/cau-moi-781204.html',
    ' https://BAO.example/tin/c%C3%A2u-mo%CC%9B%CC%81i-781204.html '.replace('c%C3%A2u-mo%CC%9B%CC%81i', 'cau-moi'),
  ])('is one for every way to the page: %s', (address) => {
    expect(keyOf(address)).toBe('https://bao.example/tin/cau-moi-781204.html');
  });

  it('keeps what names the page', () => {
    expect(keyOf('https://bao.example/Tin?id=2&page=3')).toBe('https://bao.example/Tin?id=2&page=3');
    expect(keyOf('https://bao.example:8080/index.php?id=2')).toBe('https://bao.example:8080/?id=2');
    expect(keyOf('https://bao.example/ti%CC%81n')).toBe(keyOf('https://bao.example/tín'));
    expect(keyOf('https://m.example/a')).toBe('https://m.example/a');
    expect(keyOf('https://vi.m.bao.example/a')).toBe('https://vi.bao.example/a');
    expect(keyOf('mailto:a@bao.example')).toBeUndefined();
  });

  it('is its own key', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true, size: 'small' }), (url) => {
        const key = keyOf(url)!;
        expect(keyOf(key)).toBe(key);
      }),
    );
    const odd = fc.string({
      unit: fc.constantFrom('%25', '%', '/', '.', 'amp', ';', '%3F', '%5C', 'ổ', ' ', 'index.html', '%20', 'a'),
    });
    fc.assert(
      fc.property(odd, (path) => {
        const key = keyOf(`https://bao.example/${path}`)!;
        expect(keyOf(key)).toBe(key);
      }),
    );
  });

  it.each([
    ['https://bao.example/', false],
    ['https://bao.example/thoi-su/', false],
    ['https://bao.example/xa-hoi-phap-luat', false],
    ['https://bao.example/truc-tiep?page=2', false],
    ['https://bao.example/anh-trong-ngay', false],
    ['https://bao.example/2026/11/', false],
    ['https://bao.example/cau-moi-qua-suoi-tham', true],
    ['https://bao.example/cau-moi-d781204.html', true],
    ['https://bao.example/?p=12', true],
    ['https://bao.example/2026/11/24/live', true],
    ['https://bao.example/tin-van-24-11-2026', true],
    ['https://bao.example/a/20261124083012345.htm', true],
    ['https://shimbun.example/articles/ASX88812.html', true],
    ['https://shimbun.example/川沿いの図書館が移動書庫で', true],
    ['https://bao.example/0c8a1f2e-9d11-4a1b-8c3e-2f1a6b7c8d9e', true],
  ])('says of %s whether it names one story: %s', (address, specific) => {
    expect(addressKey(address)?.specific).toBe(specific);
  });

  it.each([
    ['https://bao.example/cau-moi-781204.html', ['781204']],
    ['https://bao.example/a781204.htm', ['781204']],
    ['https://bao.example/news/781204/cau-moi', ['781204']],
    ['https://bao.example/781204-cau-moi', ['781204']],
    ['https://bao.example/?p=12', ['12']],
    ['https://bao.example/modules.php?name=News&file=article&sid=812', ['812']],
    ['https://bao.example/index.php?option=com_content&view=article&id=123:cau-moi&catid=34:tin&Itemid=56', ['123']],
    ['https://bao.example/index.php?option=com_content&view=category&catid=34', []],
    ['https://bao.example/Default.aspx?tabid=120&ItemID=4501&zoneid=7', ['4501']],
    ['https://bao.example/xem.aspx?baivietid=77&chuyenmucid=9', ['77']],
    ['https://bao.example/thoi-su/c10203/tin-van', []],
    ['https://bao.example/tin-van-24-11-2026', []],
    ['https://bao.example/tin-van-20261124.html', []],
    ['https://bao.example/tin-van-241126.html', []],
  ])('finds the number in %s', (address, numbers) => {
    expect(addressKey(address)?.numbers).toEqual(numbers);
  });
});

it('isSameSite knows a host from the one it belongs to', () => {
  const same = (a: string, b: string) => isSameSite(addressKey(a)!, addressKey(b)!);
  expect(same('https://bao.example/', 'http://www.bao.example/')).toBe(true);
  expect(same('https://thethao.bao.example/', 'https://bao.example/')).toBe(true);
  expect(same('https://xbao.example/', 'https://bao.example/')).toBe(false);
});

it('an address made to be slow to read is read once', () => {
  const begun = performance.now();
  expect(addressKey(`https://bao.example/${'a \n'.repeat(20)}${' '.repeat(60_000)}x`)).not.toBeNull();
  expect(performance.now() - begun).toBeLessThan(500);
});
