import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { segmentsOf } from '#src/core/approved-text.ts';

const link = 'https://bao.example/cau-moi?utm_source=loa';
const parts = (text: string, known = [link]) =>
  segmentsOf(text, known, {}).map(({ kind, text: piece }) => (kind === 'text' ? piece : { [kind]: piece }));

describe('a text that a person wrote', () => {
  it.each([
    [`Đọc ${link}`, ['Đọc ', { link }]],
    [`${link}.`, [{ link }, '.']],
    [`(${link})`, ['(', { link }, ')']],
    [`“${link}”, ${link}`, ['“', { link }, '”, ', { link }]],
    [`${link}&x=1`, [{ link: `${link}&x=1` }]],
    ['Xem https://a.example/x_(y), rồi', ['Xem ', { link: 'https://a.example/x_(y)' }, ', rồi']],
    ['Xem (https://a.example/x)!', ['Xem (', { link: 'https://a.example/x' }, ')!']],
    ['#ThờiSự và #2026, #covid19', [{ hashtag: '#ThờiSự' }, ' và #2026, ', { hashtag: '#covid19' }]],
    ['C#Sharp a#b &#39; ##đôi', ['C#Sharp a#b &#39; #', { hashtag: '#đôi' }]],
    ['ข่าว #ข่าวด่วน', ['ข่าว ', { hashtag: '#ข่าวด่วน' }]],
    ['  hai\r\n\r\n\r\n\r\ndòng \n', ['hai\n\ndòng']],
    ['', []],
  ])('%j', (text, expected) => {
    expect(parts(text)).toEqual(expected);
  });

  it('calls nobody where a name would', () => {
    const [first] = segmentsOf('chào @everyone', [], { breakMentions: true });
    expect(first?.text).toBe('chào @\u200Beveryone');
    expect(segmentsOf('chào @an', [], {})).toEqual([{ kind: 'text', text: 'chào @an' }]);
  });

  it('is the same text once its segments are joined, and reads the same again', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        link,
        '#',
        '#thẻ',
        ' ',
        '\n',
        '.',
        ')',
        'https://',
        'http://a.b',
        '@an',
        '\u202E',
        '👩‍👩‍👧',
        '\u0000',
      ),
      fc.string({ unit: 'grapheme' }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const segments = segmentsOf(pieces.join(''), [link], {});
        const text = segments.map((segment) => segment.text).join('');
        expect(segmentsOf(text, [link], {})).toEqual(segments);
        expect(text).not.toMatch(/[\r\u202E\u0000]/);
        for (const one of segments) {
          if (one.kind === 'link') expect(one.url).toMatch(/^https?:\/\/[^\s]/);
          expect(one.text).not.toBe('');
        }
      }),
    );
  });
});
