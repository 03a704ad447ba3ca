import { expect, test } from 'vitest';
import { time, timeAgo } from '#src/console/moments.ts';

const moments = { now: Date.parse('2026-01-02T03:00:00Z'), zone: 'Asia/Ho_Chi_Minh', dates: 'en-GB' };
const text = (shown: { markup: string }) => shown.markup.replace(/<[^>]+>/g, '');

test.each([
  ['2026-01-02T02:31:00Z', '09:31', '09:31 (29 min ago)'],
  ['2026-01-02T02:59:58Z', '09:59', '09:59 (2 sec ago)'],
  ['2026-01-02T03:00:00Z', '10:00', '10:00 (now)'],
  ['2026-01-02T05:10:00Z', '12:10', '12:10 (in 2 hr)'],
  ['2026-01-01T16:00:00Z', '1 Jan 23:00', '1 Jan 23:00 (11 hr ago)'],
  ['2025-12-31T02:00:00Z', '31 Dec 2025 09:00', '31 Dec 2025 09:00'],
])('%s is shown as %s, or as %s where the page renews itself', (at, short, long) => {
  expect(text(time(Date.parse(at), moments))).toBe(short);
  expect(text(timeAgo(Date.parse(at), moments))).toBe(long);
});

test('dates and distances follow the language of the page', () => {
  expect(text(timeAgo(Date.parse('2026-01-02T02:31:00Z'), { ...moments, dates: 'vi' }))).toBe('09:31 (29 phút trước)');
});

test('programs and pointers get the exact time', () => {
  expect(time(Date.parse('2026-01-02T02:31:07Z'), moments).markup).toBe(
    '<time datetime="2026-01-02T02:31:07.000Z" title="2026-01-02 09:31 (Asia/Ho_Chi_Minh)">09:31</time>',
  );
});
