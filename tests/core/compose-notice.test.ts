import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeNotice } from '#src/core/compose-notice.ts';
import { fitsLength, postText } from '#src/core/length.ts';
import { noticeWords } from '#src/core/notice-words.ts';
import type { PostLimits } from '#src/core/post.ts';
import { channelSettings } from '#tests/fakes/delivery-bench.ts';
import { storedArticle } from '#tests/fakes/stored-article.ts';

const site = { name: 'Báo Ví Dụ', url: 'https://bao.example', language: 'vi', timezone: 'Asia/Ho_Chi_Minh' };
const limits: PostLimits = { length: 500, unit: 'graphemes', linkLength: null, photos: 4, altLength: null };
const languages = 'vi en fr de es pt it nl pl ru uk tr id ms th ja ko zh ar hi'.split(' ');

function notice(kind: 'correction' | 'withdrawal', change: object = {}, compose: object = {}, most = limits) {
  const channel = { compose: { ...channelSettings('any').compose, ...compose } };
  const article = storedArticle(change);
  return composeNotice(kind, { article, channel, limits: most, publicUrl: 'https://loa.example', site });
}
const text = (...of: Parameters<typeof notice>) => postText(notice(...of).segments);

describe('a notice below a post', () => {
  it.each([
    ['vi', 'Đính chính: ', 'Bài viết này đã được gỡ.'],
    ['en-GB', 'Correction: ', 'This article has been withdrawn.'],
    ['fr', 'Rectificatif : ', 'Cet article a été retiré.'],
    ['ja', '【訂正】', 'この記事は取り下げられました。'],
    ['zh-Hant', '更正：', '本文已撤下。'],
    ['lo', 'Correction: ', 'This article has been withdrawn.'],
    ['constructor', 'Correction: ', 'This article has been withdrawn.'],
  ])('is in the article’s language (%s)', (language, correction, withdrawal) => {
    const change = { headline: 'Cầu mới', lead: 'Cầu dài 80 m.', text: '', url: 'https://bao.example/1', language };
    expect(text('correction', change)).toBe(`${correction}Cầu mới\n\nCầu dài 80 m.\n\nhttps://bao.example/1`);
    expect(text('withdrawal', change)).toBe(`${withdrawal}\n\nCầu mới`);
  });

  it('is in the newsroom’s language where the article has none', () => {
    expect(text('correction', { language: '' })).toMatch(/^Đính chính: /);
  });

  it('has words of its own in every language', () => {
    for (const one of ['correction', 'withdrawal'] as const) {
      expect(new Set(languages.map((language) => noticeWords(language)[one])).size, one).toBeGreaterThan(18);
    }
    for (const language of languages) expect(noticeWords(language).withdrawal).toMatch(/[.。।]$|แล้ว$/);
  });

  it('has no photos, and of what was withdrawn no link', () => {
    expect(notice('correction')).toMatchObject({ photos: [], link: expect.stringContaining('https://') });
    const withdrawn = notice('withdrawal', {}, { withdrawal: 'Đã gỡ: {{headline}} {{link}}' });
    expect(withdrawn).toMatchObject({ photos: [], link: '', notes: [], article: { url: storedArticle().url } });
    expect(withdrawn.segments.some(({ kind }) => kind === 'link')).toBe(false);
  });

  it('takes the channel’s template, with all of its words', () => {
    const compose = { correction: 'SỬA {{section}}: {{headline}} — {{byline}}' };
    expect(text('correction', { headline: 'Cầu mới', byline: ['An'] }, compose)).toMatch(/^SỬA .+: Cầu mới — An$/);
  });

  it('is never longer than the service takes, and a headline cannot break out of it', () => {
    const hostile = fc.constantFrom(
      '{{link}}',
      '{% raw %}',
      '@everyone',
      '\u202E',
      '\r\n',
      '<b>',
      '[a](b)',
      'ạ',
      '👩‍👩‍👧 ',
    );
    const headline = fc.array(fc.oneof(hostile, fc.string({ unit: 'grapheme' })), { maxLength: 60 });
    fc.assert(
      fc.property(headline, fc.constantFrom('correction', 'withdrawal'), fc.nat({ max: 300 }), (parts, kind, more) => {
        const most = { ...limits, length: 120 + more };
        const { segments } = notice(kind as 'correction', { headline: parts.join('') }, {}, most);
        expect(fitsLength(segments, most)).toBe(true);
        expect(postText(segments)).not.toMatch(/[\r\u202E]/);
      }),
      { numRuns: 60 },
    );
  });
});
