import { z } from 'zod';
import { selectorMistake } from '#src/markup/selector.ts';

const address = z.url({ protocol: /^https?$/ });

const selector = z
  .string()
  .min(1)
  .superRefine((text, context) => {
    const mistake = selectorMistake(text);
    if (mistake) context.addIssue({ code: 'custom', message: `this is no CSS selector: ${mistake}` });
  });

export const pageSettings = z.object({
  url: address.describe('A page that lists articles: the front page, or a section’s.'),
  urls: z.array(address).max(20).default([]).describe('Further pages that list articles, such as those of sections.'),
  links: selector
    .optional()
    .describe(
      'CSS selector of the articles’ links there, such as `.news-list h3 a`; without it they are told by likeness.',
    ),
  title: selector
    .optional()
    .describe('CSS selector of the headline within one entry of the list; the link’s words otherwise.'),
  date: selector
    .optional()
    .describe('CSS selector of the date within one entry; used where the article’s page has none.'),
});

export type PageSourceSettings = z.output<typeof pageSettings>;
