import { expect, test } from 'vitest';
import type { z } from 'zod';
import { jobs } from '#jobs/registry.ts';

/** What names things; what they are stands in the ledger, and how channels are reached in the settings. */
const harmless = ['readingId', 'articleId', 'sourceId', 'feedId', 'deliveryId', 'channelId', 'revision', 'position'];
const words = ['reason', 'stamp'];

test('a job holds names and numbers, never what a channel or a source is reached with: every watcher sees it', () => {
  for (const { kind, payload } of jobs) {
    const fields = Object.keys((payload as z.ZodObject).shape);
    expect([kind, fields.filter((field) => ![...harmless, ...words].includes(field))]).toEqual([kind, []]);
  }
});
