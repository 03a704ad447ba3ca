import { createHash } from 'node:crypto';
import type { DeliveryOp } from '#src/core/delivery.ts';

/**
 * What makes two tries one: the same for ever for an article's create on a channel, whatever its revision; with the
 * revision for an edit, with the part where each reader gets a post of their own. 40 hexadecimal digits.
 */
export function deliveryKey(of: {
  siteUrl: string;
  articleId: string;
  channelId: string;
  op: DeliveryOp;
  revision?: number;
  part?: string;
}): string {
  const parts = [of.siteUrl, of.articleId, of.channelId, of.op, ...(of.op === 'edit' ? [of.revision ?? 0] : [])];
  if (of.part) parts.push(`part ${of.part}`);
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40);
}
