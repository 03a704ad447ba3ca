import { expect, test } from 'vitest';
import { deliveryNews } from '#src/core/delivery-news.ts';
import { delivery } from '#tests/fakes/delivery.ts';

const due = Date.parse('2026-11-26T03:00:00Z');

test.each([
  [{ state: 'sent' }, 'posted to page'],
  [{ state: 'sent', op: 'edit', asReply: true }, 'correction told on page'],
  [{ state: 'waiting', dueAt: due }, 'page waits, due at 10:00:00'],
  [
    { state: 'retry', reason: 'the service answered 503', dueAt: due },
    'page not reached: the service answered 503; next try at 10:00:00',
  ],
  [
    { state: 'waiting', reason: 'the channel is paused: by a person', dueAt: due },
    'page waits for a person: the channel is paused: by a person',
  ],
  [
    { state: 'waiting', reason: 'waits for approval', dueAt: Date.UTC(9999, 0) },
    'page waits for a person: waits for approval',
  ],
] as const)('%j is told as: %s', (change, told) => {
  expect(deliveryNews(delivery({ channelId: 'page', ...change }), 'Asia/Ho_Chi_Minh')).toBe(told);
});
