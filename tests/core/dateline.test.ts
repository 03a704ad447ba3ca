import { describe, expect, it } from 'vitest';
import { loadProfile } from '#config/profiles.ts';
import { opensLead, readOpening, withoutDash } from '#src/core/dateline.ts';

const zone = 'Asia/Ho_Chi_Minh';
const near = Date.parse('2026-11-25T15:00:00Z');
const { dateline: rules } = loadProfile('vietnamese-portal');
const read = (text: string, at = near) => readOpening(text, rules, at, zone);

describe('readOpening', () => {
  it('cuts a leading dash and keeps the time', () => {
    expect(read(' – Chiều 24/11, đoàn xe về đến bến.')).toEqual({
      lead: 'Chiều 24/11, đoàn xe về đến bến.',
      dateline: { text: 'Chiều 24/11', date: '2026-11-24' },
      cut: true,
      yearGuessed: true,
    });
  });

  it('cuts the tag of an agency or place', () => {
    expect(read('(LSO) – Ngày 3/2/2026, chợ mở lại.').lead).toBe('Ngày 3/2/2026, chợ mở lại.');
    expect(read('TTXVN - Chợ mở lại sau lũ.').lead).toBe('Chợ mở lại sau lũ.');
    expect(read('Hà Nội (TTXVN) - Chợ mở lại.').lead).toBe('Chợ mở lại.');
    expect(read('BẾN TRE, Ngày 3/2 (Reuters) - Chợ mở lại.')).toMatchObject({
      lead: 'Chợ mở lại.',
      dateline: { text: 'BẾN TRE, Ngày 3/2 (Reuters)', date: '2026-02-03' },
    });
    expect(read('PORT HARL, Nov. 18 (AP) — The ferry sails.')).toMatchObject({
      lead: 'The ferry sails.',
      dateline: { text: 'PORT HARL, Nov. 18 (AP)', date: '2026-11-18' },
    });
  });

  it('cuts the tags of other languages and forms', () => {
    const forms = {
      '(Dân trí) - Chợ mở lại sau lũ.': '(Dân trí)',
      '【汐見】島へ渡る船が決まった。': '汐見',
      '江湾网11月20日电 古桥修缮完工。': '江湾网11月20日电',
      '(서울=연합뉴스) 홍길동 기자 = 배가 다시 다닌다.': '(서울=연합뉴스)',
      'القاهرة (رويترز) - عادت العبارة إلى العمل.': 'القاهرة (رويترز)',
      'บางสน – ชาวบ้านปิดสะพานไม้เพื่อซ่อม': 'บางสน',
      'ЗАРЕЧЬЕ, 19 ноября. Пристань стала школой.': 'ЗАРЕЧЬЕ, 19 ноября',
      'Заречье. 19 ноября. РЕКА.РУ - Пристань стала школой.': 'Заречье. 19 ноября',
      'नई नगरी, 25 नवंबर (भाषा) पुल फिर से खुल गया।': 'नई नगरी, 25 नवंबर (भाषा)',
      'ঢাকা, ২৫ নভেম্বর: সেতু আবার খুলেছে।': 'ঢাকা, ২৫ নভেম্বর',
      'ភូមិថ្មី៖ ស្ពានបានបើកឡើងវិញនៅព្រឹកថ្ងៃអង្គារ។': 'ភូមិថ្មី',
      'नई नगरी: पुल दो हफ्ते बाद मंगलवार सुबह फिर से खुल गया।': 'नई नगरी',
      'BERLIN/HAMBURG (dpa) - Die Bahn steht still.': 'BERLIN/HAMBURG (dpa)',
    };
    for (const [text, told] of Object.entries(forms)) {
      expect([text, read(text).dateline?.text]).toEqual([text, told]);
      expect(read(text).lead.length).toBeLessThan(text.length);
    }
  });

  it('takes the year that the text gives the same day', () => {
    const whole = 'Sáng 29/11, hội nghị khai mạc. Quyết định ký ngày 29/11/2023 có hiệu lực ngay.';
    expect(readOpening('Sáng 29/11, hội nghị khai mạc.', rules, near, zone, whole)).toMatchObject({
      dateline: { date: '2023-11-29' },
      yearGuessed: false,
    });
  });

  it('leaves a text alone that only looks like a tag', () => {
    for (const text of [
      'Việt Nam - Lào tăng cường hợp tác ở vùng biên.',
      'VIỆT NAM - LÀO KÝ KẾT HỢP TÁC',
      'Lạng Giang – vùng đất của vải thiều – vào mùa.',
      'दिल्ली, 25 नवंबर को पुल फिर से खुला।',
      'នគរបាល៖ ស្ពានបានបើកឡើងវិញ',
      'महापौर: पुल फिर से खुला',
      'Река. 19 ноября откроют пристань.',
      'Tối giản là phong cách năm nay, theo 3/4 người được hỏi.',
    ]) {
      expect(read(text)).toMatchObject({ lead: text, dateline: null });
    }
  });

  it('takes the nearest past year, over the turn of the year and for leap days', () => {
    expect(read('Sáng 29/11, hội nghị khai mạc.').dateline?.date).toBe('2025-11-29');
    expect(read('Tối 31/12, pháo hoa rực sáng.', Date.parse('2027-01-01T02:00:00Z')).dateline?.date).toBe('2026-12-31');
    expect(read('Ngày 29/2, trẻ sinh ngày nhuận họp mặt.').dateline?.date).toBe('2024-02-29');
  });

  it('counts the day in the newsroom’s zone', () => {
    const evening = Date.parse('2026-11-25T17:30:00Z');
    expect(read('Sáng 26/11, tàu cập bến.', evening).dateline?.date).toBe('2026-11-26');
  });

  it('reads the forms newsrooms print', () => {
    const forms = {
      'Sáng nay (24/11), mưa lớn.': 'Sáng nay (24/11)',
      'Chiều ngày 24-11-2026, nắng.': 'Chiều ngày 24-11-2026',
      'Rạng sáng 24.11, gió.': 'Rạng sáng 24.11',
      'Sáng ngày 24 tháng 11, nắng.': 'Sáng ngày 24 tháng 11',
    };
    for (const [text, told] of Object.entries(forms)) {
      expect(read(text).dateline).toEqual({ text: told, date: '2026-11-24' });
    }
  });

  it('knows no day for a date that no calendar has', () => {
    expect(read('Sáng 31/2, không ai đến.').dateline).toBeNull();
  });
});

describe('opensLead', () => {
  it('says how a block opens', () => {
    expect(opensLead('– Sáng 24/11, mưa.', rules)).toBe('dash');
    expect(opensLead('(TTXVN) - Mưa lớn.', rules)).toBe('tag');
    expect(opensLead('Sáng 24/11, mưa.', rules)).toBe('time');
    expect(opensLead('Mưa lớn ở miền núi.', rules)).toBeNull();
  });
});

it('withoutDash leaves hyphenated words alone', () => {
  expect(withoutDash('- một')).toBe('một');
  expect(withoutDash('-một')).toBe('-một');
});
