import type { Delivery } from '#src/core/delivery.ts';

/** A delivery that waits, unless told otherwise. */
export function delivery(change: Partial<Delivery> = {}): Delivery {
  return {
    id: 'd1',
    articleId: 'k3m9x2p7qa',
    channelId: 'fediverse',
    op: 'create',
    part: '',
    asReply: false,
    revision: 1,
    key: 'key-1',
    state: 'waiting',
    reason: null,
    dueAt: null,
    freeAt: null,
    createdAt: Date.parse('2026-11-25T02:31:10Z'),
    updatedAt: Date.parse('2026-11-25T02:31:10Z'),
    attempts: 0,
    fence: 0,
    leaseUntil: null,
    post: null,
    prepared: null,
    remote: null,
    judged: 0,
    approved: null,
    ...change,
  };
}
