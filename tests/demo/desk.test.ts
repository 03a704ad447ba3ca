import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseSampleArticle, type SampleArticle } from '#src/demo/article-file.ts';
import { type DeskPlan, deskAt } from '#src/demo/desk.ts';

const plan: DeskPlan = { baseline: 2, every: 20_000, correctAfter: 30_000, withdrawAfter: 50_000 };
const startedAt = Date.UTC(2026, 10, 25, 3);

const sample = (slug: string, more: Partial<SampleArticle> = {}): SampleArticle => ({
  slug,
  language: 'vi',
  section: 'Thời sự',
  tags: [],
  byline: 'THU AN',
  headline: `Tin ${slug}`,
  sapo: 'Nước ngập 80 cm.',
  blocks: [{ kind: 'photo', file: 'a.jpg', caption: 'Nước ngập 80 cm', credit: null }],
  correction: null,
  withdrawn: false,
  ...more,
});

const articles = [
  sample('cu-nhat'),
  sample('cu'),
  sample('sua', { correction: { headline: 'Tin đã sửa', replace: ['80 cm', '60 cm'] } }),
  sample('go', { withdrawn: true }),
];

const slugsAt = (now: number) => deskAt(articles, plan, startedAt, now).articles.map((article) => article.slug);

test('the baseline stands there from the start, newest first', () => {
  expect(slugsAt(startedAt)).toEqual(['cu', 'cu-nhat']);
  const [newest] = deskAt(articles, plan, startedAt, startedAt).articles;
  expect(newest?.publishedAt).toBeLessThan(startedAt);
});

test('a new article comes every interval', () => {
  expect(slugsAt(startedAt + 20_000)).toEqual(['sua', 'cu', 'cu-nhat']);
  expect(slugsAt(startedAt + 40_000)).toEqual(['go', 'sua', 'cu', 'cu-nhat']);
});

test('a correction changes headline, text and captions and moves the time of the update', () => {
  const before = deskAt(articles, plan, startedAt, startedAt + 49_000).articles.find(({ slug }) => slug === 'sua');
  const after = deskAt(articles, plan, startedAt, startedAt + 50_000).articles.find(({ slug }) => slug === 'sua');
  expect(before?.headline).toBe('Tin sua');
  expect(after).toMatchObject({ headline: 'Tin đã sửa', sapo: 'Nước ngập 60 cm.', updatedAt: startedAt + 50_000 });
  expect(after?.blocks).toEqual([{ kind: 'photo', file: 'a.jpg', caption: 'Nước ngập 60 cm', credit: null }]);
});

test('a withdrawn article leaves the site and its page is known to be gone', () => {
  const desk = deskAt(articles, plan, startedAt, startedAt + 90_000);
  expect(desk.articles.map(({ slug }) => slug)).not.toContain('go');
  expect(desk.withdrawn).toEqual(['go']);
  expect(desk.endsAt).toBe(startedAt + 90_000);
});

test('every sample article can be read, one is corrected, one withdrawn, and its photos are there', () => {
  const folder = `${import.meta.dirname}/../../config/demo`;
  const photos = readdirSync(`${folder}/photos`);
  const all = readdirSync(`${folder}/articles`).map((name) =>
    parseSampleArticle(name, readFileSync(`${folder}/articles/${name}`, 'utf8')),
  );
  expect(all.length).toBeGreaterThanOrEqual(12);
  expect(all.filter(({ correction }) => correction)).toHaveLength(1);
  expect(all.filter(({ withdrawn }) => withdrawn)).toHaveLength(1);
  for (const article of all) {
    const used = article.blocks.flatMap((block) => (block.kind === 'photo' ? [block.file] : []));
    expect(used.length, article.slug).toBeGreaterThan(0);
    for (const file of used) expect(photos, article.slug).toContain(file);
  }
});

test('a sample article without a headline is named', () => {
  expect(() => parseSampleArticle('x', 'language: vi\nsection: a\nbyline: b')).toThrow(
    'sample article x: headline is missing',
  );
});
