import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { channels } from '#src/channels/registry.ts';
import type { PostValues } from '#src/core/fill-template.ts';
import { fitPost } from '#src/core/fit-post.ts';
import { fitsLength, postText } from '#src/core/length.ts';
import type { PostLimits } from '#src/core/post.ts';
import { oneLine } from '#src/core/post-text.ts';

const limits: PostLimits = { length: null, unit: 'graphemes', linkLength: null, photos: 4, altLength: null };
const link = 'https://bao.example/7?utm_source=x';
const values: PostValues = {
  headline: 'Đường đèo Sơn Thủy thông xe sau ba ngày sạt lở',
  lead: '',
  summary: 'Xe khách đầu tiên đã qua đèo. Chợ phiên họp lại từ chiều cùng ngày, kéo dài tới tối.',
  link,
  hashtags: ['#GiaoThông', '#MiềnNúi'],
  byline: 'Hoàng Huấn, Phương Dung',
  section: 'Thời sự',
  dateline: 'Sáng 25/11',
};
const template = '{{section}} | {{headline}}\n\n{{summary}}\n\n{{link}}\n{{hashtags}}\n\n{{byline}}';
const fitted = (length: number, change: Partial<PostLimits> = {}) =>
  fitPost(template, values, { ...limits, length, ...change });
const shown = (length: number) => postText(fitted(length).segments);

describe('a post that must be shorter', () => {
  it('loses summary, hashtags, what stands beside the news and the headline’s end, in this order', () => {
    expect(shown(240)).toContain('Xe khách đầu tiên đã qua đèo. Chợ');
    expect(shown(180)).toMatch(/đèo\.\n\nhttps.*\n#GiaoThông #MiềnNúi\n\nHoàng Huấn, Phương Dung$/);
    expect(shown(150)).toMatch(/sạt lở\n\nhttps\S+\n#GiaoThông #MiềnNúi\n\nHoàng/);
    expect(shown(130)).toMatch(/sạt lở\n\nhttps\S+\n#GiaoThông\n\nHoàng/);
    expect(shown(120)).toMatch(/^Thời sự \| Đường .* sạt lở\n\nhttps\S+\n\nHoàng/);
    expect(shown(100)).toMatch(/^Đường .* sạt lở\n\nhttps\S+$/);
    expect(shown(70)).toBe(`Đường đèo Sơn Thủy thông xe sau…\n\n${link}`);
    expect(shown(30)).toBe(link);
  });

  it('says what was done, each thing once', () => {
    expect(fitted(70).notes).toEqual([
      'the summary was left out: too long',
      '2 of 2 hashtags were left out: too long',
      'the section was left out: too long',
      'the byline was left out: too long',
      'the headline was shortened',
    ]);
    expect(fitPost('{{headline}} {{link}}', values, { ...limits, length: 60 }).notes).toEqual([
      'the headline was shortened',
    ]);
  });

  it('fits the second measure too', () => {
    const also = { length: 120, unit: 'utf-8 bytes' } as const;
    const { segments } = fitted(300, { also });
    expect(Buffer.byteLength(postText(segments))).toBeLessThanOrEqual(120);
    expect(postText(segments)).toContain(link);
  });

  it('counts what breaks a mention', () => {
    const calls = { ...values, headline: '@a '.repeat(20).trim(), summary: '', hashtags: [] };
    const { segments } = fitPost('{{headline}} {{link}}', calls, { ...limits, length: 100, breakMentions: true });
    expect(postText(segments).match(/@\u200Ba/g)!.length).toBe(16);
  });

  it('shows as much of a link as the channel wants, and leads to all of it', () => {
    const { segments } = fitted(300, { linkShown: 15 });
    expect(segments.find(({ kind }) => kind === 'link')).toEqual({ kind: 'link', text: 'bao.example/7…', url: link });
    const long = { ...values, link: 'https://www.bao.example/rat-dai-lam-dai-thi' };
    expect(postText(fitPost('{{link}}', long, { ...limits, linkShown: 20 }).segments)).toBe('bao.example/rat-dai…');
  });

  it('says what became of a template whose own words leave no room', () => {
    const wordy = `${'Mời bạn đọc. '.repeat(9)}{{headline}} {{link}}`;
    const noRoom = "the template's own words leave no room: headline and link only";
    const notes = (length: number) =>
      fitPost(wordy, { ...values, headline: 'Đèo đã thông xe' }, { ...limits, length }).notes;
    expect(notes(link.length + 20)).toEqual([noRoom]);
    expect(notes(link.length + 8)).toEqual([noRoom, 'the headline was shortened']);
    expect(notes(link.length + 1)).toEqual(['there is room for the link only']);
  });

  it('puts the link into an address of the template’s own', () => {
    const { segments } = fitPost('https://share.example/?u={{ link | url_encode }}', values, limits);
    expect(postText(segments)).toBe(`https://share.example/?u=${encodeURIComponent(link)}`);
  });
});

describe('on every kind of channel', () => {
  const hostile = fc.constantFrom(
    ...['{{', '}}', '{% raw %}', '{{ link }}', '@everyone', '@here', '<b>', '</script>', '&amp;', '**', '[a](b)', '`'],
    ...[
      '\u202E',
      '\u2066',
      '\u200B',
      '\uFEFF',
      '\uE000L\uE001',
      '\uD83D',
      '\r\n',
      '\u0000',
      '"',
      '#1',
      'https://kẻ.example/@x',
    ],
    ...[`Z${'\u0351\u036B'.repeat(20)}`, 'Đắk Lắk', 'ภูเก็ต', 'وصل', '👩‍👩‍👧‍👦', 'từ', 'x'.repeat(200)],
  );
  const texts = fc.array(hostile, { maxLength: 30 }).map((list) => oneLine(list.join(' ')));

  it.each(channels.map((channel) => [channel.kind, channel] as const))(
    '%s takes what hostile headlines make',
    (_kind, channel) => {
      const own = channel.limits({ style: 'photo', visibility: 'public' }, {});
      fc.assert(
        fc.property(texts, texts, (headline, summary) => {
          const { segments } = fitPost(template, { ...values, headline, summary }, own);
          const text = postText(segments);
          expect(fitsLength(segments, own)).toBe(true);
          expect(segments.filter(({ kind }) => kind === 'link').map((one) => 'url' in one && one.url)).toEqual([link]);
          expect(text.isWellFormed()).toBe(true);
          expect(text).toBe(text.normalize('NFC'));
          expect(text).not.toMatch(/[\u0000\r\u202A-\u202E\u2066-\u2069\uFEFF\uE000\uE001]|\n\n\n/);
          if (own.breakMentions) expect(text).not.toMatch(/@(?:everyone|here)/);
        }),
        { numRuns: 60 },
      );
    },
  );
});
