import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { campaignLink } from '#src/core/campaign-link.ts';

const utm = { source: 'mastodon', medium: 'mạng xã hội' };
const added = 'utm_source=mastodon&utm_medium=m%E1%BA%A1ng%20x%C3%A3%20h%E1%BB%99i';

describe('the link of a post', () => {
  it.each([
    ['https://bao.example/7', `https://bao.example/7?${added}`],
    ['https://bao.example/7#top', `https://bao.example/7?${added}#top`],
    ['https://bao.example/7?a=b%20c+d&x&y=#t?u', `https://bao.example/7?a=b%20c+d&x&y=&${added}#t?u`],
    ['https://bao.example/7?', `https://bao.example/7?${added}`],
    ['https://bao.example/7?a&', `https://bao.example/7?a&${added}`],
    [
      'https://bao.example/7?utm_source=x',
      'https://bao.example/7?utm_source=x&utm_medium=m%E1%BA%A1ng%20x%C3%A3%20h%E1%BB%99i',
    ],
    ['https://báo.example/tin-mới', `https://xn--bo-mia.example/tin-m%E1%BB%9Bi?${added}`],
  ])('%s gets its campaign', (address, link) => {
    expect(campaignLink(address, utm)).toBe(link);
  });

  it.each([null, '', 'không phải địa chỉ', 'javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd'])(
    'is empty where there is no address to open: %s',
    (address) => {
      expect(campaignLink(address, utm)).toBe('');
    },
  );

  it('keeps what it had to the letter', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (address) => {
        const url = new URL(address);
        const link = new URL(campaignLink(address, utm));
        expect(link.search.startsWith(url.search)).toBe(true);
        expect([link.origin, link.pathname, link.hash]).toEqual([url.origin, url.pathname, url.hash]);
        expect(campaignLink(link.href, utm)).toBe(link.href);
      }),
    );
  });
});
