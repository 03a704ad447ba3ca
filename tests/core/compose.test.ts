import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredArticle } from '#src/core/article.ts';
import { composePost } from '#src/core/compose.ts';
import { graphemesOf, postLength, postText } from '#src/core/length.ts';
import type { LengthUnit, PostLimits } from '#src/core/post.ts';
import type { ComposeSettings } from '#src/core/settings.ts';
import { photoRecords, storedArticle } from '#tests/fakes/stored-article.ts';

const site = { name: 'Báo Ví Dụ', url: 'https://bao.example', language: 'vi', timezone: 'Asia/Ho_Chi_Minh' };
const template = '{{headline}}\n\n{{summary}}\n\n{{link}}\n{{hashtags}}';
const noLimit: PostLimits = { length: null, unit: 'graphemes', linkLength: null, photos: 4, altLength: null };

function compose(
  change: Partial<StoredArticle> = {},
  limits: Partial<PostLimits> = {},
  settings: Partial<ComposeSettings> = {},
) {
  const article = storedArticle({ url: 'https://bao.example/7', ...change });
  const channel = { compose: { template, photos: 4, utm: null, correction: null, withdrawal: null, ...settings } };
  const photos = photoRecords(article);
  return composePost({
    article,
    photos,
    channel,
    limits: { ...noLimit, ...limits },
    publicUrl: 'https://loa.example',
    site,
  });
}

describe('a post', () => {
  it('holds headline, summary, link and hashtags as typed segments', () => {
    expect(compose().segments).toEqual([
      {
        kind: 'text',
        text:
          'Mở lại đường đèo Sơn Thủy & chợ phiên sau ba ngày sạt lở\n\n' +
          'Xe khách đầu tiên qua đèo Sơn Thủy. Chợ phiên họp lại từ chiều cùng ngày.\n\n',
      },
      { kind: 'link', text: 'https://bao.example/7', url: 'https://bao.example/7' },
      { kind: 'text', text: '\n' },
      { kind: 'hashtag', text: '#GiaoThông' },
      { kind: 'text', text: ' ' },
      { kind: 'hashtag', text: '#MiềnNúi' },
    ]);
  });

  it('leaves no empty lines where something is missing', () => {
    expect(postText(compose({ lead: '', text: '', tags: [] }).segments)).toBe(
      'Mở lại đường đèo Sơn Thủy & chợ phiên sau ba ngày sạt lở\n\nhttps://bao.example/7',
    );
  });

  it('adds campaign parameters, and none that the address has', () => {
    const utm = { source: 'mastodon', medium: 'social' };
    expect(compose({ url: 'https://bao.example/7?utm_source=x#a' }, {}, { utm }).link).toBe(
      'https://bao.example/7?utm_source=x&utm_medium=social#a',
    );
  });

  it('says so when the article has no address', () => {
    const post = compose({ url: null });
    expect(post.segments.some(({ kind }) => kind === 'link')).toBe(false);
    expect(post.notes).toEqual(['the article has no address: the post has no link']);
  });

  it('does not read what an article says as template', () => {
    const headline = 'Giá {{ link }} và {% raw %} $x tăng';
    expect(postText(compose({ headline }).segments)).toContain(headline);
  });

  it('holds nothing that disguises its text', () => {
    const post = compose({
      headline: 'Tin \u202Egpj.exe\u202C nóng\u200B hổi\uFEFF \uE000L\uE001',
      tags: ['a\u2066b'],
    });
    expect(postText(post.segments)).toMatch(/^Tin gpj\.exe nóng hổi L\n/);
    expect(post.segments.filter(({ kind }) => kind === 'link')).toHaveLength(1);
  });

  it('is composed NFC', () => {
    const post = compose({ headline: 'Đường đèo'.normalize('NFD'), lead: 'Mở lại.'.normalize('NFD') });
    expect(postText(post.segments)).toBe(postText(post.segments).normalize('NFC'));
  });

  it('names the mistake of a template', () => {
    expect(() => compose({}, {}, { template: '{{headlin}}' })).toThrow(/template cannot be used.*headlin/);
    expect(() => compose({}, {}, { template: '{% include "/etc/passwd" %}' })).toThrow(/template cannot be used/);
    expect(() => compose({}, {}, { template: '{{headline.constructor}}' })).toThrow(/template cannot be used/);
  });
});

describe('a post that is too long', () => {
  const at = (length: number) => compose({}, { length });

  it('shortens the summary by whole sentences first', () => {
    const post = at(140);
    expect(postText(post.segments)).toContain(
      '\n\nXe khách đầu tiên qua đèo Sơn Thủy.\n\nhttps://bao.example/7\n#Giao',
    );
    expect(post.notes).toEqual(['the summary was shortened']);
  });

  it('counts what the service counts in place of what readers see', () => {
    const limits = { length: 140, counted: (text: string) => text.replaceAll('đ', 'đđ') };
    const post = compose({}, limits);
    expect(postLength(post.segments, { ...noLimit, ...limits })).toBeLessThanOrEqual(140);
    expect(postLength(post.segments, noLimit)).toBeLessThan(postLength(post.segments, { ...noLimit, ...limits }));
  });

  it('then drops hashtags, and cuts the headline last', () => {
    expect(postText(at(91).segments)).toMatch(/sạt lở\n\nhttps:\/\/bao\.example\/7\n#GiaoThông$/);
    expect(postText(at(70).segments)).toBe('Mở lại đường đèo Sơn Thủy & chợ phiên sau ba…\n\nhttps://bao.example/7');
  });

  it('keeps headline and link where the template itself leaves no room', () => {
    const post = compose(
      {},
      { length: 60 },
      { template: `${'Đọc báo của chúng tôi! '.repeat(5)}{{headline}} {{link}}` },
    );
    expect(postText(post.segments)).toBe('Mở lại đường đèo Sơn Thủy & chợ…\n\nhttps://bao.example/7');
  });
});

it('a lead without end ends at a sentence, whatever the channel takes', () => {
  const lead = 'Mưa rơi trên phố chợ. '.repeat(60_000);
  const text = postText(compose({ lead }, {}, { template: '{{lead}}' }).segments);
  expect(text).toHaveLength(4993);
  expect(text).toMatch(/^(Mưa rơi trên phố chợ\. )+Mưa rơi trên phố chợ\.$/);
});

describe('photos of a post', () => {
  it('are the widest JPEGs a timeline needs, in order, with alt text', () => {
    const { photos } = compose();
    expect(photos.map(({ width, type, alt }) => ({ width, type, alt }))).toEqual([
      { width: 1280, type: 'image/jpeg', alt: 'Xe khách trên đèo' },
      { width: 900, type: 'image/jpeg', alt: 'Chợ phiên "mở lại" < một buổi sáng >' },
    ]);
    expect(photos[0]!.url).toBe(`https://loa.example/${photos[0]!.file}`);
  });

  it('are no larger than the service takes', () => {
    const [wide] = compose().photos;
    const first = (photo: NonNullable<PostLimits['photo']>) => compose({}, { photo }).photos[0]!.width;
    expect(first({ bytes: 1e7, pixels: 1e8, width: 1200 })).toBe(320);
    expect(first({ bytes: wide!.bytes, pixels: wide!.width * wide!.height })).toBe(1280);
    expect(first({ bytes: wide!.bytes, pixels: wide!.width * wide!.height - 1 })).toBe(320);
    expect(first({ bytes: wide!.bytes - 1, pixels: wide!.width * wide!.height })).toBe(320);
  });

  it('have the credit in the alt text made from a caption', () => {
    const [photo] = storedArticle().photos;
    const alt = (change: object) => compose({ photos: [{ ...photo!, alt: null, ...change }] }).photos[0]!.alt;
    expect(alt({ caption: 'Đèo' })).toBe('Đèo (Hoàng Huấn)');
    expect(alt({ caption: 'Đèo', alt: ' \u200B' })).toBe('Đèo (Hoàng Huấn)');
    expect(alt({ caption: 'Đèo, ảnh Hoàng Huấn' })).toBe('Đèo, ảnh Hoàng Huấn');
  });

  it('are fewer where the channel takes fewer, with a note', () => {
    const post = compose({}, { photos: 1 });
    expect(post.photos).toHaveLength(1);
    expect(post.notes).toEqual(['1 of 2 photos left out: the channel takes 1']);
  });

  it('that failed are named with their cause', () => {
    const article = storedArticle();
    const [first, second] = photoRecords(article);
    const photos = [{ ...first!, hash: null, renditions: [], failure: 'not a picture' }, second!];
    const settings = { template, photos: 4, utm: null, correction: null, withdrawal: null };
    const post = composePost({
      article,
      photos,
      channel: { compose: settings },
      limits: noLimit,
      publicUrl: 'https://loa.example',
      site,
    });
    expect(post.photos).toHaveLength(1);
    expect(post.notes).toEqual(['photo 1 of 2 is missing: not a picture']);
  });
});

describe('whatever an article says', () => {
  const pieces = fc.constantFrom(
    'Đắk Lắk',
    'thông xe.',
    'Nguyễn Thị Ánh Nguyệt,',
    'ภูเก็ต',
    'กรุงเทพมหานคร',
    'وصل القطار؟',
    'می‌خواهم',
    '👩‍👩‍👧‍👦',
    '🏳️‍🌈',
    '🇻🇳',
    '東京で。',
    'e\u0301',
    'ệ'.normalize('NFD'),
    '{{link}}',
    '\u202E',
    '—',
    'x'.repeat(40),
  );
  const words = fc.array(pieces, { maxLength: 25 }).map((list) => list.join(' '));
  const units = fc.constantFrom<LengthUnit>('graphemes', 'code points', 'utf-16 units', 'utf-8 bytes', 'weighted');

  it('the post is within the limit, its link whole, its characters unbroken', () => {
    const cases = fc.record({ headline: words, lead: words, tags: fc.array(pieces, { maxLength: 4 }) });
    fc.assert(
      fc.property(cases, units, fc.integer({ min: 40, max: 400 }), ({ headline, lead, tags }, unit, length) => {
        const limits = { ...noLimit, length, unit };
        const post = compose({ headline, lead, tags, text: '' }, limits);
        const text = postText(post.segments);
        expect(postLength(post.segments, limits)).toBeLessThanOrEqual(length);
        expect(post.segments.filter(({ kind }) => kind === 'link')).toEqual([
          { kind: 'link', text: 'https://bao.example/7', url: 'https://bao.example/7' },
        ]);
        expect(text).toBe(text.normalize('NFC'));
        expect(text.isWellFormed()).toBe(true);
        expect(text).not.toMatch(/[\u202A-\u202E\u2066-\u2069\uE000\uE001]|\n\n\n/);
        const whole = graphemesOf(postText(compose({ headline, lead, tags, text: '' }).segments));
        const known = new Set([...whole, '…', '\n', ' ']);
        for (const character of graphemesOf(text)) expect(known).toContain(character);
      }),
      { numRuns: 150 },
    );
  });
});
