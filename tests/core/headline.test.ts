import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headlineFromLead } from '#src/core/headline.ts';

describe('headlineFromLead', () => {
  it('takes a short first sentence whole, without its full stop', () => {
    expect(headlineFromLead('Chợ nổi mở lại sau lũ. Khách đông từ sáng sớm.')).toBe('Chợ nổi mở lại sau lũ');
    expect(headlineFromLead('朝市が再開した。多くの客が訪れた。')).toBe('朝市が再開した。多くの客が訪れた');
  });

  it('ends a long sentence at its last comma that fits', () => {
    const lead =
      'Chiều 12/10, đoàn công tác của huyện do đồng chí Lò Văn Thanh, Phó Bí thư Huyện ủy dẫn đầu đã kiểm tra đường liên bản, nghe báo cáo tiến độ và tặng quà cho ba mươi gia đình có người đi làm đường xa nhà';
    expect(headlineFromLead(lead)).toBe(
      'Chiều 12/10, đoàn công tác của huyện do đồng chí Lò Văn Thanh, Phó Bí thư Huyện ủy dẫn đầu đã kiểm tra đường liên bản',
    );
  });

  it('does not end at abbreviations, decimal commas or inside quotes', () => {
    expect(headlineFromLead('Lãnh đạo TP. Hồ Chí Minh thăm làng nghề. Mưa to.')).toBe(
      'Lãnh đạo TP. Hồ Chí Minh thăm làng nghề',
    );
    const lead = `Giá gạo tăng 1,5 lần trong “${'một tháng, '.repeat(20)}”`;
    expect(headlineFromLead(lead)).toBe('Giá gạo tăng 1,5 lần trong…');
  });

  it('is a start of the lead that never breaks a word', () => {
    fc.assert(
      fc.property(fc.lorem({ maxCount: 80 }), (lead) => {
        const headline = headlineFromLead(lead);
        const start = headline.replace(/…$/, '');
        expect(lead.startsWith(start)).toBe(true);
        expect(headline.length).toBeLessThanOrEqual(161);
        expect(lead.charAt(start.length)).not.toMatch(/[a-z]/);
      }),
    );
  });
});
