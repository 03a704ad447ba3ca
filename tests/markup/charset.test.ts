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

  it.each([
    ['utf-32le', 'with a mark', Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0]), iconv.encode(line, 'utf-32le')]), null],
    ['tcvn', 'x-tcvn', iconv.encode(line, 'tcvn'), 'text/xml; charset=x-tcvn'],
    ['tcvn', 'tcvn-5712', iconv.encode(line, 'tcvn'), 'text/xml; charset=tcvn-5712'],
    ['tcvn', 'TCVN5712-1', iconv.encode(line, 'tcvn'), "text/xml; charset='TCVN5712-1'"],
    ['viscii', 'x-viet-viscii', iconv.encode(line, 'viscii'), 'text/xml; charset=x-viet-viscii'],
    ['UTF-8', 'of UTF-16', Buffer.from(line), 'text/xml; charset=utf-16'],
    ['UTF-8', 'of Japanese', Buffer.from(line), 'text/xml; charset=shift_jis'],
    ['UTF-8', 'that does not exist', Buffer.from(line), 'text/xml; charset=none'],
  ])('reads %s by the label %s', (_charset, _label, bytes, contentType) => {
    expect(decodeText(bytes, contentType)).toBe(line);
  });

  it.each([
    ['gb18030', '今天的新闻'],
    ['big5', '今天的新聞'],
    ['euc-kr', '오늘의 뉴스'],
    ['tis-620', 'ข่าววันนี้'],
    ['us-ascii', 'Un café « noir »'],
  ])('reads %s by its declaration', (charset, text) => {
    const xml = `<?xml version="1.0" encoding="${charset}"?><t>${text}</t>`;
    expect(decodeText(iconv.encode(xml, charset === 'us-ascii' ? 'windows-1252' : charset))).toBe(xml);
  });

  it('reads iso-2022-jp, with and without its label', () => {
    const bytes = Buffer.from('\x1b$BF|K\\\x1b(B', 'latin1');
    expect(decodeText(bytes, 'text/xml; charset=ISO-2022-JP')).toBe('日本');
    expect(decodeText(bytes)).toBe('日本');
  });

  it('never reads UTF-7, in which markup hides', () => {
    expect(decodeText(Buffer.from('+ADw-script+AD4-'), 'text/html; charset=utf-7')).toBe('+ADw-script+AD4-');
  });

  it('puts halves of letters and control characters out', () => {
    expect(decodeText(iconv.encode('\uFEFF<a>\uD83D \u0001x\uFFFE', 'utf-16le'))).toMatch(/^<a>\uFFFD x/);
  });

  it.each([
    ['tcvn', 'Sáng nay, đoàn công tác đến thăm các hộ dân ở bốn thôn ven suối bị ngập.'],
    ['viscii', 'Sáng nay, đoàn công tác đến thăm các hộ dân ở bốn thôn ven suối bị ngập.'],
    ['windows-1251', 'Вчера в городе открыли новый мост через реку.'],
    ['koi8-r', 'Вчера в городе открыли новый мост через реку.'],
    ['shift_jis', '昨日、市は川を渡る新しい橋を開通させたと発表した。'],
    ['euc-jp', '昨日、市は川を渡る新しい橋を開通させたと発表した。'],
    ['gb18030', '昨天市政府宣布新的大桥已经开通，人们可以过河了。'],
    ['big5', '昨天市政府宣布新的大橋已經開通，人們可以過河了。'],
    ['euc-kr', '어제 시청은 강을 건너는 새 다리를 열었다고 밝혔다.'],
    ['windows-874', 'เมื่อวานนี้ เทศบาลเปิดสะพานใหม่ข้ามแม่น้ำ'],
    ['windows-1256', 'أعلنت البلدية أمس عن افتتاح الجسر الجديد'],
    ['windows-1252', 'La mairie a annoncé que le café « Chez Zoé », à côté de l’église, était fermé cet été.'],
    ['windows-1252', 'Die Straße wurde gestern für den Verkehr geöffnet, größere Schäden gab es nicht.'],
    ['windows-1250', 'Wczoraj w mieście otwarto nową ścieżkę rowerową nad rzeką, którą budowano rok.'],
  ])('guesses %s where nothing, or only the server’s default, is said', (charset, text) => {
    const bytes = iconv.encode(text, charset);
    expect(decodeText(bytes)).toBe(text);
    expect(decodeText(bytes, 'text/html; charset=ISO-8859-1')).toBe(text);
    expect(decodeText(bytes, 'text/html; charset=utf-8')).toBe(text);
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

  it('knows a text that is cut in the middle of a letter', () => {
    expect(decodeText(Buffer.from('Tin lành: cầu').subarray(0, -2))).toBe('Tin lành: c');
    expect(decodeText(Buffer.from([0x63, 0x61, 0x66, 0xe9]))).toBe('café');
    expect(decodeText(Buffer.from([0xe9]))).toBe('é');
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
