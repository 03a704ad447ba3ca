import { expect, test } from 'vitest';
import { isTinyStory } from '#src/articles/tiny-story.ts';

const page = (body: string) => `<!doctype html><html><head><title>Báo</title></head><body>${body}</body></html>`;

test.each([
  '<h1>Tin 1</h1><p>Nội dung bài một</p>',
  '<p>Chợ Nà Mười nghỉ họp đến hết tuần.</p>',
  '<nav><a href="/">Trang chủ</a></nav><h1>橋が開通</h1><div>新しい橋が二十四日に開通した。</div>',
  '<table><tr><td>The ferry sails again on Friday.</td></tr></table><footer><p>© 2026 The Herald.</p></footer>',
])('a sentence of its own makes a page a story: %s', (body) => {
  expect(isTinyStory(page(body))).toBe(true);
});

test.each([
  '<div id="root"></div><script>go()</script>',
  '<div id="app">Đang tải dữ liệu…</div>',
  '<noscript>You need to enable JavaScript to run this app.</noscript>',
  '<h1>Báo Thử</h1><p>Please enable JavaScript in your browser.</p>',
  '<p>Trang web đang bảo trì, mời bạn quay lại sau.</p>',
  '<h1>Tin mới</h1><ul><li><a href="/1">Bài thứ nhất về cầu mới.</a></li></ul>',
  '<div><a href="/1">Bài thứ nhất về cầu mới.</a></div>',
  '<footer><p>Cơ quan chủ quản: Sở Văn hóa.</p></footer>',
  '',
])('what only excuses itself, or lists others, is none: %s', (body) => {
  expect(isTinyStory(page(body))).toBe(false);
});
