import { z } from 'zod';

export const wordpressSettings = z
  .object({
    url: z.url({ protocol: /^https?$/ }).describe('The site: its front page, also where that lies in a folder.'),
    categories: z
      .array(z.string().min(1))
      .default([])
      .describe('Only posts of these categories, by the names in their addresses (slugs); all when left out.'),
    username: z.string().min(1).optional().describe('For a site that shows its posts only to those who sign in.'),
    password: z
      .string()
      .min(1)
      .optional()
      .describe('An application password of that user: in WordPress, Users, Profile, Application Passwords.'),
  })
  .refine(({ username, password }) => (username === undefined) === (password === undefined), {
    path: ['password'],
    error: '`username` and `password` go together',
  });

export type WordpressSettings = z.output<typeof wordpressSettings>;
