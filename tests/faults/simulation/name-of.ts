import type { Delivery } from '#src/core/delivery.ts';

/** How a story names a delivery. */
export function nameOf({ id, articleId, channelId, op, part }: Delivery): string {
  return `${op} ${id} of ${articleId} on ${channelId}${part && ` for ${part}`}`;
}
