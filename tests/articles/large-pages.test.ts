import { expect, it } from 'vitest';
import { loadProfile } from '#config/profiles.ts';
import { readArticle } from '#src/articles/read.ts';

const context = {
  profile: loadProfile('auto', 'vi'),
  site: { name: 'Báo Ví Dụ', url: 'https://bao.example', language: 'vi', timezone: 'Asia/Ho_Chi_Minh' },
  now: Date.parse('2026-11-25T15:00:00Z'),
};
const story = '<p>Cầu mới qua suối Nà Lầu đã mở cho người đi bộ từ sáng nay, sớm hơn hẹn hai tuần.</p>';
const many = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => make(i)).join('');

/** Milliseconds of processor time: other work on the machine does not count. */
function cost(html: string): number {
  const before = process.cpuUsage();
  readArticle({ kind: 'page', url: 'https://bao.example/1', html, hints: {} }, context);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const grown: Record<string, (count: number) => string> = {
  'empty links': (count) => many(count, (i) => `<a href="/${i}"></a>`) + story,
  'loose links': (count) => many(count, (i) => `<a href="/${i}">x</a>`) + story,
  'photos with captions': (count) =>
    `<article><h1>A</h1>${story}${many(count, (i) => `<figure><img src="/a${i}.jpg"><figcaption>Ảnh số ${i}</figcaption></figure>`)}</article>`,
  'rows of a table': (count) => `<table>${many(count, (i) => `<tr><td>${i}</td><td>b</td></tr>`)}</table>${story}`,
  'boxes of related stories': (count) =>
    `<div>${many(count, () => '<p>Xem thêm</p><p><a href="/x">Tin A B C</a></p>')}${story}</div>`,
  'separators in a title': (count) => `<title>${'A | b - '.repeat(count * 20)}</title><h1>x</h1>${story}`,
  'broken JSON': (count) =>
    `<script type="application/ld+json">{"@type":"NewsArticle","headline":"${'\\"'.repeat(count * 20)}</script>${story}`,
  'open comments in JSON': (count) =>
    `<script type="application/ld+json">{"@type":"NewsArticle" ${'/*'.repeat(count * 20)}</script>${story}`,
  'capitals before a dash': (count) => `<div><p>${'CHỮ HOA, '.repeat(count * 10)}</p>${story}</div>`,
};

for (const [name, page] of Object.entries(grown)) {
  it(`a page with four times the ${name} costs no more than a few times as much`, () => {
    cost(page(200));
    const [few, lot] = [cost(page(500)), cost(page(2000))];
    expect(lot).toBeLessThan(Math.max(750, few * 10));
  }, 60_000);
}
