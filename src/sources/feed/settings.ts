import { z } from 'zod';

export const feedSettings = z.object({
  url: z.url({ protocol: /^https?$/ }).describe('Address of the feed: RSS, Atom or JSON Feed.'),
  fullText: z
    .union([z.literal('auto'), z.boolean()])
    .default('auto')
    .describe('Whether the feed holds whole articles; `auto` looks at each entry. Otherwise the page is read.'),
});

export type FeedSourceSettings = z.output<typeof feedSettings>;
