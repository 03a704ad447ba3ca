import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeText, isBinary } from '#src/markup/charset.ts';

const line = 'HOÀNG HUẤN - PHƯƠNG DUNG';

describe('text out of bytes', () => {
  it.each([
    ['UTF-8 with a mark', iconv.encode(line, 'utf-8', { addBOM: true }), null],
    ['UTF-16 with a mark', iconv.encode(line, 'utf-16le', { addBOM: true }), null],
    ['big-endian UTF-16 without one', iconv.encode(`<p>${line}`, 'utf-16be'), null],
    ['UTF-8 under a wrong header', Buffer.from(line), 'text/html; charset=iso-8859-1'],
    ['TCVN under its header', iconv.encode(line, 'tcvn'), 'text/html; charset=TCVN'],
    ['VISCII under its header', iconv.encode(line, 'viscii'), 'text/xml; charset="viscii"'],
    ['letters and marks apart', Buffer.from(line.normalize('NFD')), null],
  ])('reads %s', (_name, bytes, contentType) => {
    expect(decodeText(bytes, contentType).replace('<p>', '')).toBe(line);
  });

  it('reads windows-1258 by a declaration, and composes its letters', () => {
    const head = '<?xml version="1.0" encoding="windows-1258"?>';
    const bytes = Buffer.concat([Buffer.from(head), Buffer.from([0x48, 0x55, 0xc2, 0xec, 0x4e])]);
    expect(decodeText(bytes)).toBe(`${head}HUẤN`);
  });

  it('believes a declaration where the header says UTF-8 and the bytes do not', () => {
    const bytes = iconv.encode('<meta charset="windows-1251"><p>Новости города', 'windows-1251');
    expect(decodeText(bytes, 'text/html; charset=utf-8')).toContain('<p>Новости города');
  });

  it('tells files from text', () => {
    const file = Buffer.from(Uint8Array.from({ length: 5000 }, (_, at) => (at * 7919) % 256));
    expect(isBinary(file)).toBe(true);
    for (const text of [Buffer.from(`<p>${line}</p>\r\n\t`), iconv.encode(`<p>${line}`, 'utf-16le'), Buffer.of()])
      expect(isBinary(text)).toBe(false);
  });

  it.each([
    ['shift_jis', '今日のニュース'],
    ['windows-874', 'ข่าววันนี้'],
    ['windows-1256', 'أخبار اليوم'],
    ['koi8-r', 'Новости'],
  ])('reads %s by a meta tag', (charset, text) => {
    const bytes = iconv.encode(`<meta charset="${charset}"><p>${text}</p>`, charset);
    expect(decodeText(bytes)).toContain(`<p>${text}</p>`);
  });

  it('forgives a few broken bytes', () => {
    expect(decodeText(Buffer.concat([Buffer.from('Tiếng Việt có dấu, đủ cả'), Buffer.from([0xc3])]))).toMatch(
      /^Tiếng Việt có dấu/,
    );
  });

  it('never throws, and gives every UTF-8 text back', () => {
    fc.assert(
      fc.property(
        fc.uint8Array(),
        fc.string(),
        (bytes, label) => typeof decodeText(bytes, `text/xml; charset=${label}`) === 'string',
      ),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[\wàấữđ 日本ไทย]{1,40}$/u), (text) => {
        expect(decodeText(Buffer.from(text))).toBe(text.normalize('NFC'));
      }),
    );
  });
});
