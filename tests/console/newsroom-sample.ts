/** A newsroom in the middle of its day: every state that the pages tell, in several languages. */

import { delivery } from '#tests/fakes/delivery.ts';
import type { LedgerContent } from '#tests/fakes/read-ledger.ts';
import { photoRecords, storedArticle } from '#tests/fakes/stored-article.ts';

export const now = Date.parse('2026-11-25T03:00:00Z');
const minute = 60_000;

export function newsroomSample(): LedgerContent {
  const pass = storedArticle();
  const match = storedArticle({
    id: 'b2c4d6e8f0',
    headline: 'Đội trẻ Sơn Thủy thắng đậm ở vòng loại: “Chúng tôi nghỉ một đêm rồi lại tập”',
    section: 'Thể thao',
    tags: [],
    byline: ['Lệ Thu'],
    photos: [],
    revision: 2,
    publishedAt: '2026-11-25T02:00:00Z',
  });
  const market = storedArticle({
    id: 'z8r4w1n5tb',
    headline: 'ตลาดเช้าริมน้ำเปิดอีกครั้ง หลังน้ำลดลงสู่ระดับปกติ 🎏',
    language: 'th',
    section: null,
    byline: [],
    publishedAt: '2026-11-25T01:10:00Z',
    photos: [{ url: null, caption: 'แม่ค้าจัดร้านริมน้ำในเช้าวันอังคาร', credit: null, alt: null, width: null, height: null }],
  });
  const arabic = storedArticle({
    id: 'q1w2e3r4t5',
    headline: 'سوق السمك يعود إلى الضفة الشرقية بعد ثلاثة أيام من الإغلاق',
    language: 'ar',
    section: 'محليات',
    byline: ['هند سالم'],
    state: 'withdrawn',
    publishedAt: '2026-11-24T22:10:00Z',
    photos: [],
    url: null,
    text: 'عاد السوق.\n\nالفقرة الثانية.',
  });
  const [first, second] = photoRecords(pass);
  const post = {
    article: {
      id: pass.id,
      revision: 1,
      headline: pass.headline,
      summary: pass.lead,
      byline: pass.byline,
      section: pass.section,
      tags: pass.tags,
      url: pass.url,
      publishedAt: pass.publishedAt,
      updatedAt: null,
    },
    segments: [
      { kind: 'text' as const, text: `${pass.headline}\n\n${pass.lead}\n\n` },
      { kind: 'link' as const, text: 'https://bao.example/deo', url: 'https://bao.example/deo' },
      { kind: 'text' as const, text: '\n\n' },
      { kind: 'hashtag' as const, text: '#ThờiSự' },
    ],
    link: 'https://bao.example/deo',
    photos: pass.photos.map((photo, index) => ({
      url: `http://localhost:8080/photos/${index}`,
      file: `photos/${[first, second][index]!.hash}/${index === 0 ? 1280 : 900}.jpg`,
      width: index === 0 ? 1280 : 900,
      height: index === 0 ? 853 : 1200,
      bytes: 90_000,
      type: 'image/jpeg',
      alt: photo.alt,
      caption: photo.caption,
      credit: photo.credit ?? 'Phương Dung',
    })),
    language: 'vi',
    notes: [],
  };
  return {
    articles: [pass, match, market, arabic],
    photos: [first!, { ...second!, renditions: [], failure: 'There is no picture at its address (404); ask the desk' }],
    deliveries: [
      delivery({
        id: '1',
        channelId: 'board',
        state: 'sent',
        remote: { id: 'p1', url: 'http://localhost:8080/board/board#p1' },
      }),
      delivery({ id: '2', state: 'parked', reason: 'the answer never came, it may stand there: look at the account' }),
      delivery({ id: '3', articleId: match.id, channelId: 'board', dueAt: now + 2 * minute }),
      delivery({
        id: '4',
        articleId: match.id,
        state: 'skipped',
        reason: 'not for this channel: it takes section Thời sự',
      }),
      delivery({
        id: '5',
        articleId: market.id,
        state: 'retry',
        reason: 'the server answered 503',
        dueAt: now + minute,
      }),
    ],
    attempts: [
      { deliveryId: '1', number: 1, startedAt: now - minute, endedAt: now - minute + 90, result: 'sent', detail: null },
    ],
    events: [
      { at: now - 29 * minute, kind: 'first seen', revision: 1, detail: null },
      { at: now - 29 * minute + 2400, kind: 'ready', revision: 1, detail: null },
    ],
    feeds: [
      { feedId: 'latest', wanted: 3, built: 3, builtAt: now - minute, entries: 3, error: null },
      {
        feedId: 'the-thao',
        wanted: 2,
        built: 1,
        builtAt: now - 10 * minute,
        entries: 1,
        error: 'RSS: no space left on the disk',
      },
    ],
    sources: [
      {
        sourceId: 'portal',
        cursor: null,
        baselineAt: now,
        lastPollAt: now - minute,
        lastSuccessAt: now - 20 * minute,
        nextPollAt: now + 4 * minute,
        failures: 3,
        lastError: 'bao.example did not answer within 30 s',
      },
    ],
    channels: [],
    stop: null,
    holds: [],
    alerts: [
      {
        cause: 'source:portal:unreachable',
        message: 'Source portal cannot be read: bao.example did not answer within 30 s.',
        next: 'Look whether the site is up; Loa tries again by itself.',
        firstSeenAt: now - 20 * minute,
        lastSeenAt: now - minute,
        count: 3,
        resolvedAt: null,
      },
    ],
    board: [{ id: 'p1', channelId: 'board', post, postedAt: now - minute, editedAt: null }],
  };
}
