import { globSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ageVerdict, keepWord, sentByHand } from '#src/core/age.ts';
import { mismatch } from '#src/core/only.ts';
import { changesBetween } from '#src/core/revision.ts';
import { resultOfAnswer } from '#src/core/send-result.ts';
import { englishStory } from '#src/core/story-words.ts';
import { vietnameseStory } from '#src/core/story-words-vi.ts';
import { tellReason } from '#src/core/told-reason.ts';
import { storedArticle } from '#tests/fakes/stored-article.ts';

const { reasons } = vietnameseStory;
const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();

describe('a reason in Vietnamese', () => {
  test.each([
    [
      mismatch({ section: ['Thể thao', 'Đời sống'] }, { ...storedArticle() })!,
      'chỉ nhận chuyên mục Thể thao, Đời sống',
    ],
    [
      `not for this channel: ${mismatch({ tag: ['giá'] }, { ...storedArticle() })}`,
      'không thuộc kênh này: chỉ nhận thẻ giá',
    ],
    [
      keepWord(sentByHand, 'the channel is paused: token revoked'),
      'có người yêu cầu vẫn gửi; kênh đang tạm dừng: token revoked',
    ],
    [
      'the service answered 503: try later. Nobody knows whether the post stands on mastodon: look at the account; if it is there, adopt it with its address, else retry or cancel it',
      'dịch vụ trả lời 503: try later. Không rõ bài đã có trên mastodon hay chưa: hãy xem tài khoản; nếu có thì nhận bài theo địa chỉ, nếu không thì thử lại hoặc hủy',
    ],
    ['the service answered 500. Given up after 1 try', 'dịch vụ trả lời 500. Đã thôi sau 1 lần thử'],
    ['superseded by revision 12', 'đã được thay bằng bản 12'],
    [
      'the server refuses our token (401: no): make a new access token with the scopes profile, read:statuses, write:statuses and write:media',
      'máy chủ từ chối mã truy cập của kênh (401: no): hãy tạo mã mới với các quyền profile, read:statuses, write:statuses và write:media',
    ],
  ])('%s', (english, vietnamese) => {
    expect(tellReason(english, reasons)).toBe(vietnamese);
  });

  test('tells ages as the language does', () => {
    const pace = { settle: 0, gap: 0, perHour: null, quiet: null, maxAge: 6 * 3_600_000, maxAgeTotal: 24 * 3_600_000 };
    const delivery = { op: 'create', freeAt: 0, createdAt: 0, reason: null } as const;
    const article = { publishedAt: null, firstSeenAt: new Date(0).toISOString() };
    const verdict = ageVerdict({ delivery, article, pace, now: 7 * 3_600_000, zone: 'UTC' })!;
    expect(tellReason(verdict, reasons)).toBe(
      'đã chờ 7 giờ kể từ khi được phép gửi, mà kênh này không đăng bài cũ hơn 6 giờ',
    );
  });

  test('knows what a service answered', () => {
    const answer = resultOfAnswer({ status: 403, headers: {} }, 0) as { reason: string };
    expect(tellReason(answer.reason, reasons)).toBe('dịch vụ trả lời 403');
  });

  test('that is not ours stays as it was written', () => {
    for (const text of ['the moon is full', '', 'superseded by revision soon', 'x'.repeat(5000)]) {
      expect(tellReason(text, reasons)).toBe(text);
    }
  });

  test('is told whatever stands in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 80 }), (why) => {
        expect(tellReason(`it takes no tag ${why}`, reasons)).toBe(`không nhận thẻ ${why}`);
        expect(typeof tellReason(why, reasons)).toBe('string');
      }),
    );
  });
});

test('every sentence is one that Loa still says', () => {
  const files = globSync(['src/**/*.ts', 'jobs/**/*.ts']).filter((file) => !file.endsWith('-vi.ts'));
  const source = files.map((file) => readFileSync(file, 'utf8').replaceAll("\\'", "'")).join('\n');
  const unsaid = reasons.map(([english]) => longestPart(english)).filter((part) => !isSaid(part, source));
  expect(unsaid).toEqual([]);
});

test('every sentence keeps the values of the English one', () => {
  for (const [english, told] of reasons) {
    // Advice that names a command or a cause in English may be left out.
    for (const name of placeholders(told)) expect(placeholders(english), english).toContain(name);
  }
  const compare = (english: object, other: object, path: string): void => {
    for (const [key, value] of Object.entries(english)) {
      const told = (other as Record<string, unknown>)[key];
      if (key === 'onDay' || key === 'reasons') continue;
      if (typeof value === 'object') compare(value, told as object, `${path}.${key}`);
      else expect(placeholders(String(told)), `${path}.${key}`).toEqual(placeholders(value));
    }
  };
  compare(englishStory, vietnameseStory, 'story');
});

test('every change that an article can undergo has a name', () => {
  const before = storedArticle();
  const photo = { url: 'https://bao.example/x.jpg', caption: 'x', credit: null, alt: null, width: 1, height: 1 };
  const after = storedArticle({
    headline: 'x',
    lead: 'x',
    text: 'x',
    byline: ['x'],
    photos: [photo],
    html: '<a href="https://bao.example/">x</a>',
    attachments: [{ url: 'https://bao.example/x.pdf', title: null, type: null, bytes: null }],
    section: 'x',
    tags: ['x'],
  });
  const changes = changesBetween(before, after);
  expect(changes.length).toBeGreaterThan(8);
  for (const words of [englishStory, vietnameseStory])
    expect(Object.keys(words.changes)).toEqual(expect.arrayContaining(changes));
});

function longestPart(template: string): string {
  const parts = template.split(/\{\w+\}/).map((part) => part.replace(/^[\s:;,.(]+|[\s:;,.)]+$/g, ''));
  return parts.sort((a, b) => b.length - a.length)[0]!;
}

/** Some are put together where they are said: then half of it stands there. */
function isSaid(part: string, source: string): boolean {
  const words = part.split(' ');
  const half = Math.ceil(words.length / 2);
  return [words, words.slice(0, half), words.slice(-half)].some((some) => source.includes(some.join(' ')));
}
