import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryId, normalizeUrl } from '#src/core/identity.ts';

const part = fc.string({ unit: 'grapheme-ascii', maxLength: 8 });
const address = fc
  .tuple(part, fc.array(fc.tuple(part, part), { maxLength: 4 }), part)
  .map(([path, query, hash]) => `https://Bao.example/${path}?${query.map((pair) => pair.join('=')).join('&')}#${hash}`);

describe('normalizeUrl', () => {
  it('drops what does not name the page and sorts the rest', () => {
    expect(normalizeUrl('HTTPS://Bao.Example:443/Tin/A?b=2&utm_source=x&a=1&fbclid=y#top')).toBe(
      'https://bao.example/Tin/A?a=1&b=2',
    );
    expect(normalizeUrl('http://bao.example')).toBe('http://bao.example/');
  });

  it('is null for what is no web address', () => {
    for (const text of ['', 'tin/1', 'javascript:alert(1)', 'mailto:a@b.example'])
      expect(normalizeUrl(text)).toBeNull();
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(address, (url) => {
        const once = normalizeUrl(url);
        expect(once).not.toBeNull();
        expect(normalizeUrl(once ?? '')).toBe(once);
      }),
    );
  });
});

it('entryId is a tag URI of the site', () => {
  expect(entryId('https://bao.example', 'k3x', Date.parse('2026-11-25T23:00:00Z'))).toBe(
    'tag:bao.example,2026-11-25:k3x',
  );
});
