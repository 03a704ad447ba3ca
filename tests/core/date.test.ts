import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFuture, readDate } from '#src/core/date.ts';

const zone = 'Asia/Ho_Chi_Minh';
const at = (text: string | number) => readDate(text, zone)?.at ?? null;

describe('readDate', () => {
  it('reads what standards define', () => {
    expect(at('Mon, 23 Nov 2026 08:30:00 +0700')).toBe('2026-11-23T01:30:00Z');
    expect(at('Mon, 23 Nov 26 01:30 GMT')).toBe('2026-11-23T01:30:00Z');
    expect(at('23 Nov 2026 08:30:15 EST')).toBe('2026-11-23T13:30:15Z');
    expect(at('2026-11-23T08:30:00+07:00')).toBe('2026-11-23T01:30:00Z');
    expect(at('2026-11-23T08:30:00.123Z')).toBe('2026-11-23T08:30:00Z');
    expect(at('2026-11-23T08:30:00+0700')).toBe('2026-11-23T01:30:00Z');
    expect(at(1795397400)).toBe('2026-11-23T01:30:00Z');
    expect(at('1795397400000')).toBe('2026-11-23T01:30:00Z');
  });

  it('reads what newsrooms print, in their zone', () => {
    for (const text of [
      '23/11/2026 08:30',
      '08:30 23/11/2026',
      '23-11-2026, 8:30',
      '23.11.2026 - 08:30:00',
      'Thứ Hai, 23/11/2026 | 08:30 GMT+7',
      'Cập nhật: 08h30, ngày 23/11/2026',
      'Ngày 23 tháng 11 năm 2026, 8 giờ 30',
      'November 23, 2026 at 8:30 am',
      '23 November 2026 08:30',
      '2026年11月23日 08:30',
      '2026/11/23 08:30',
      '23/11/2569 08:30',
      '٢٣/١١/٢٠٢٦ ٠٨:٣٠',
      '2026-11-23 08:30',
      '08:30-23/11/2026',
      'Đăng ngày 23 Tháng 11 2026 - 08:30',
      '23 thg 11, 2026, 08:30',
      'Tháng Mười Một 23, 2026 8:30 sáng',
      'Th11 23, 2026 08:30',
    ]) {
      expect([text, at(text)]).toEqual([text, '2026-11-23T01:30:00Z']);
    }
    expect(at('23/11/2026 08:30 CH')).toBe('2026-11-23T13:30:00Z');
    expect(at('23 tháng 11, 2026 8:30 chiều')).toBe('2026-11-23T13:30:00Z');
    expect(at('cứ 5 tháng một lần, từ năm 2026')).toBeNull();
    expect(at('ngày 5 tháng 11 2000 người dự')).toBeNull();
    expect(at('Nov 23, 2026 12:05 AM')).toBe('2026-11-22T17:05:00Z');
  });

  it('reads months, hours and years of other languages', () => {
    for (const text of [
      'Montag, 23. November 2026, 08:30 Uhr',
      '23. Nov. 2026, 8.30 Uhr',
      'Publié le 23 novembre 2026 à 08h30',
      '23 de noviembre de 2026 08:30 h',
      '23 de novembro de 2026 às 08h30',
      '23 พ.ย. 2569 เวลา 08.30 น.',
      '23 พฤศจิกายน พ.ศ. 2569 08:30 น.',
      '23 تشرين الثاني 2026 - 8:30 صباحا',
      '٢٣ نوفمبر ٢٠٢٦، ٨:٣٠ ص',
      '令和8年11月23日 8時30分',
      '2026年11月23日(月) 午前8時30分',
      '2026년 11월 23일 오전 8:30',
      'Senin, 23 November 2026 | 08:30 WIB',
      '23 ноября 2026, 08:30',
    ]) {
      expect([text, at(text)]).toEqual([text, '2026-11-23T01:30:00Z']);
    }
    expect(at('2026年11月23日 午後8時30分')).toBe('2026-11-23T13:30:00Z');
    expect(at('23 November 2026 8pm')).toBe('2026-11-23T13:00:00Z');
  });

  it('takes the start of the day for a date without a time', () => {
    expect(readDate('23/11/2026', zone)).toEqual({ at: '2026-11-22T17:00:00Z', hasTime: false });
    expect(readDate('2026-11-23', 'America/Bogota')).toEqual({ at: '2026-11-23T05:00:00Z', hasTime: false });
  });

  it('takes month before day only where nothing else is possible', () => {
    expect(at('11/23/2026 08:30')).toBe('2026-11-23T01:30:00Z');
    expect(at('03/04/2026 08:30')).toBe('2026-04-03T01:30:00Z');
  });

  it('is null for what is no date', () => {
    for (const text of ['', 'Sáng 29/11', '31/02/2026', '2026-13-01', 'hôm qua', '99:99', '12345']) {
      expect(at(text)).toBeNull();
    }
  });

  it('gives back every instant it is given in RFC 3339', () => {
    const seconds = fc.integer({ min: 0, max: 4_000_000_000 });
    fc.assert(
      fc.property(seconds, (second) => {
        const iso = new Date(second * 1000).toISOString();
        expect(at(iso)).toBe(iso.replace('.000', ''));
      }),
    );
  });

  it('never fails, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => void readDate(text, zone)));
  });
});

it('isFuture allows for clocks that differ by ten minutes', () => {
  const now = Date.parse('2026-11-23T01:30:00Z');
  expect(isFuture('2026-11-23T01:39:00Z', now)).toBe(false);
  expect(isFuture('2026-11-23T01:41:00Z', now)).toBe(true);
});
