/** What an operator gives for an account on Mastodon. */
import { z } from 'zod';

export const settings = z.strictObject({
  baseUrl: z
    .url({ protocol: /^https?$/, error: 'must be the server’s address and begin with https://' })
    .transform((address) => new URL(address).origin)
    .describe('The server of the account, such as https://mastodon.example.'),
  accessToken: z
    .string({ error: 'is missing: on the server, Preferences, Development, New application, “Your access token”' })
    .trim()
    .regex(/^[\x21-\x7e]{6,}$/, 'must be the access token as the server shows it')
    .describe(
      'On the server: Preferences, Development, New application, with the scopes profile (read:accounts on older servers), read:statuses, write:statuses and write:media; then “Your access token”.',
    ),
  visibility: z.enum(['public', 'unlisted', 'private', 'direct']).default('public').describe('Who sees the posts.'),
  language: z
    .string()
    .trim()
    .regex(/^[A-Za-z]{2,3}$/, 'must be two or three letters (ISO 639), such as vi')
    .transform((code) => code.toLowerCase())
    .optional()
    .describe('Of every post, such as `vi`; left out, each has its article’s own.'),
  contentWarning: z
    .string()
    .trim()
    .max(200)
    .default('')
    .describe('Shown in place of every post until a reader opens it; counts towards its length.'),
  sensitive: z.boolean().default(false).describe('Photos are hidden until a reader asks for them.'),
  keepsKeys: z
    .boolean()
    .default(true)
    .describe('`false` for a server that ignores `Idempotency-Key`, as GoToSocial: a post in doubt is looked for.'),
});

export type MastodonSettings = z.infer<typeof settings>;
