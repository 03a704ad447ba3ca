import type { Delivery } from '#src/core/delivery.ts';

/** What still has to come to an end by itself: not what waits, as it must, for the person whom its parked post waits for. */
export function isOpen(row: Delivery, rows: Delivery[]): boolean {
  if (row.state === 'parked') return false;
  const create = rows.find(
    ({ op, articleId, channelId, part }) =>
      op === 'create' && articleId === row.articleId && channelId === row.channelId && part === row.part,
  );
  return row.op === 'create' || create?.state !== 'parked';
}
