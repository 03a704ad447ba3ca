import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Article } from '#src/core/article.ts';
import { graphemesOf } from '#src/core/length.ts';
import { summarise } from '#src/core/summary.ts';
import { summaries } from '#tests/fixtures/summaries.ts';

const nothing = { headline: '', lead: '', text: '', dateline: null, byline: [], bylinePrinted: null };
const told = (change: Partial<Article>) =>
  summarise({ ...nothing, photos: [], language: 'vi', ...change } as unknown as Article);

describe('a summary tells who did what, where and when', () => {
  it.each(summaries)('[$language] $summary', ({ summary, ...article }) => {
    expect(told(article as Partial<Article>)).toBe(summary);
  });
});

describe('whatever stands in an article', () => {
  const pieces = fc.constantFrom(
    'Đoàn công tác làm việc tại xã Nà Pheo.',
    'đồng chí Trần Quốc Bảo, Ủy viên Trung ương Đảng,',
    'Tuy nhiên,',
    '“Chúng tôi',
    'rất vui.”',
    '(ảnh tư liệu)',
    '1.484 tỷ đồng',
    '25/5/2022',
    'TP.',
    '…',
    '!?',
    'กรุงเทพมหานคร',
    '東京で雨。',
    '\n\n',
    '\uD83D',
    'e\u0301\u0301',
    '👩‍👩‍👧‍👦',
    ';',
    ' – ',
  );
  const texts = fc.array(pieces, { maxLength: 40 }).map((list) => list.join(' '));
  const languages = fc.constantFrom('vi', 'en', 'th', 'ja', 'de', 'und', '');

  it('its summary is one line, bounded, and made of its own characters', () => {
    fc.assert(
      fc.property(texts, texts, languages, (lead, text, language) => {
        const summary = told({ lead, text, language });
        expect(summary).not.toMatch(/\n/);
        expect(summary.isWellFormed()).toBe(true);
        expect(graphemesOf(summary).length).toBeLessThanOrEqual(321);
        const own = new Set([...`${lead} ${text}`.toWellFormed().normalize('NFC').toUpperCase(), '…', '.', '。', ' ']);
        for (const character of summary.toUpperCase()) expect(own).toContain(character);
        if (`${lead}${text}`.match(/làm việc/)) expect(summary).not.toBe('');
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['one word without end', 'x'.repeat(1_000_000)],
    ['short words without end', 'Từ '.repeat(350_000)],
    ['brackets that never close', '(“'.repeat(500_000)],
    ['commas', 'a, '.repeat(350_000)],
    ['full stops', '. '.repeat(500_000)],
    ['combining marks', `e${'\u0301'.repeat(1_000_000)}`],
    ['short sentences', 'Câu ngắn. '.repeat(100_000)],
  ])('a megabyte of %s is told in time', (_name, text) => {
    const started = performance.now();
    told({ lead: text, text });
    told({ lead: '', text, language: 'en' });
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
