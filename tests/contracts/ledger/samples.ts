/** What the ledger's tests store: short, made-up articles. */
import type { Article, StoredArticle } from '#src/core/article.ts';
import type { Delivery, NewDelivery } from '#src/core/delivery.ts';
import type { Post } from '#src/core/post.ts';
import type { NewArticle, NewRevision } from '#src/stores/articles.ts';
import type { Ledger } from '#src/stores/ledger.ts';

export const start = Date.UTC(2026, 10, 25, 8);
export const minute = 60_000;

export function sampleArticle(change: Partial<Article> = {}): Article {
  return {
    url: 'https://bao.example/cau-moi',
    headline: 'Cầu mới bắc qua sông Kỳ Vỹ',
    lead: 'Sáng 25/11, cây cầu thứ ba qua sông Kỳ Vỹ đã thông xe 🎉',
    byline: ['Hoàng Huấn', 'Phương Dung'],
    bylinePrinted: 'HOÀNG HUẤN - PHƯƠNG DUNG',
    dateline: { text: 'Sáng 25/11', date: '2026-11-25' },
    language: 'vi',
    section: 'Thời sự',
    tags: ['giao thông', 'Đô thị'],
    publishedAt: '2026-11-25T07:30:00.000Z',
    updatedAt: null,
    photos: [{ url: null, caption: 'Lễ thông xe', credit: null, alt: null, width: null, height: null }],
    attachments: [],
    html: '<p>Cầu dài 420 mét.</p>',
    text: 'Cầu dài 420 mét.',
    removed: [],
    doubts: [],
    ...change,
  };
}

export function createRow(channelId: string, change: Partial<NewDelivery> = {}): NewDelivery {
  return {
    channelId,
    op: 'create',
    key: `${channelId}-create`,
    state: 'waiting',
    reason: null,
    notBefore: 0,
    ...change,
  };
}

export function editRow(channelId: string, revision: number, change: Partial<NewDelivery> = {}): NewDelivery {
  return createRow(channelId, { op: 'edit', key: `${channelId}-edit-${revision}`, ...change });
}

export function withdrawRow(channelId: string): NewDelivery {
  return createRow(channelId, { op: 'withdraw', key: `${channelId}-withdraw` });
}

export function newArticle(id: string, change: Partial<NewArticle> = {}): NewArticle {
  return {
    id,
    entryId: `tag:bao.example,2026-11-25:${id}`,
    keys: { sourceId: 'portal', externalId: `guid-${id}`, canonicalUrl: `https://bao.example/${id}` },
    article: sampleArticle(),
    contentHash: `hash-${id}-1`,
    baseline: false,
    deliveries: [],
    now: start,
    ...change,
  };
}

export function newRevision(id: string, after: number, change: Partial<NewRevision> = {}): NewRevision {
  return {
    id,
    after,
    keys: newArticle(id).keys,
    article: sampleArticle({ headline: `Cầu mới, bản ${after + 1}` }),
    contentHash: `hash-${id}-${after + 1}`,
    changes: ['headline'],
    deliveries: [],
    now: start + after * minute,
    ...change,
  };
}

export function samplePost(article: Pick<StoredArticle, 'id' | 'revision'>, text = 'Cầu mới'): Post {
  return {
    article: {
      id: article.id,
      revision: article.revision,
      headline: text,
      summary: '',
      byline: [],
      section: null,
      tags: [],
      url: null,
      publishedAt: null,
      updatedAt: null,
    },
    segments: [{ kind: 'text', text }],
    link: 'https://bao.example/cau-moi',
    photos: [],
    language: 'vi',
    notes: [],
  };
}

/** An article with a create on `board` that is free to go at `start`. */
export async function readyCreate(ledger: Ledger, id = 'article001'): Promise<Delivery> {
  const { deliveries } = await ledger.articles.create(
    newArticle(id, { deliveries: [createRow('board', { key: `${id}-board` })] }),
  );
  await ledger.articles.markReady(id, 1, start, []);
  return deliveries[0]!;
}

/** Claims `id` and ends the claim as told. */
export async function endClaim(
  ledger: Ledger,
  id: string,
  ending: Partial<Parameters<Ledger['deliveries']['record']>[2]> & { now: number },
): Promise<void> {
  const claim = await ledger.deliveries.claim(id, ending.now, ending.now + minute);
  if (!claim) throw new Error(`${id} could not be claimed`);
  const sent = { state: 'sent' as const, reason: null, result: 'sent', remote: { id: 'remote-1', url: null } };
  await ledger.deliveries.record(id, claim.delivery.fence, { ...sent, ...ending });
}
