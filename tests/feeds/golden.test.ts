import { expect, test } from 'vitest';
import { buildDocument } from '#src/feeds/document.ts';
import { formats } from '#src/feeds/registry.ts';
import { feedSettings, site } from '#tests/fakes/feed-settings.ts';
import { renderFeed } from '#tests/fakes/render-feed.ts';
import { photoRecords, storedArticle } from '#tests/fakes/stored-article.ts';

const publicUrl = 'https://loa.example';
const first = storedArticle();
const second = storedArticle({
  id: 'z8r4w1n5tb',
  url: null,
  headline: 'ตลาดเช้าริมน้ำเปิดอีกครั้ง 🎏',
  lead: 'ตลาดเช้าริมน้ำเปิดอีกครั้งหลังน้ำลด',
  language: 'th',
  section: null,
  tags: [],
  byline: ['PV'],
  revision: 2,
  revisedAt: '2026-11-25T01:00:00.500Z',
  firstSeenAt: '2026-11-24T23:00:00.000Z',
  publishedAt: null,
  photos: [],
  html: '<p>ตลาดเช้าริมน้ำเปิดอีกครั้งหลังน้ำลด</p>',
  text: 'ตลาดเช้าริมน้ำเปิดอีกครั้งหลังน้ำลด',
});
const entries = [first, second].map((article) => ({ article, photos: photoRecords(article) }));

for (const format of formats) {
  test(`${format.title}: a feed of full texts`, async () => {
    const document = buildDocument({
      feed: feedSettings(),
      site,
      publicUrl,
      entries,
      hubs: ['https://hub.example/'],
      tombstones: [{ entryId: 'tag:bao.example,2026-11-20:a1b2c3d4e5', withdrawnAt: '2026-11-24T10:00:00Z' }],
    });
    const text = renderFeed(format, document);
    format.verify(text);
    await expect(text).toMatchFileSnapshot(`../golden/feeds/full.${format.name}`);
  });

  test(`${format.title}: a feed of summaries`, async () => {
    const document = buildDocument({ feed: feedSettings({ content: 'summary' }), site, publicUrl, entries });
    const text = renderFeed(format, document);
    format.verify(text);
    await expect(text).toMatchFileSnapshot(`../golden/feeds/summary.${format.name}`);
  });

  test(`${format.title}: a feed without entries`, async () => {
    const text = renderFeed(format, buildDocument({ feed: feedSettings(), site, publicUrl, entries: [] }));
    format.verify(text);
    await expect(text).toMatchFileSnapshot(`../golden/feeds/empty.${format.name}`);
  });
}
