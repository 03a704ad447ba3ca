/** What an operator gives for an account on Bluesky. */
import { z } from 'zod';

/** A handle is a domain; who has none to hand may log in by mail address. */
const identifier = /^(did:[a-z]+:[\w.:%-]+|[^\s@]+@[^\s@]+|[a-z\d-]+(\.[a-z\d-]+)+)$/i;

export const settings = z.strictObject({
  service: z
    .url({ protocol: /^https?$/, error: 'must be the address of the account’s provider and begin with https://' })
    .transform((address) => new URL(address).origin)
    .prefault('https://bsky.social')
    .describe('Where the account logs in; leave it out unless the account lives with another provider.'),
  identifier: z
    .string({ error: 'is missing: the account’s handle, such as bao.example or bao.bsky.social' })
    .trim()
    .transform((text) => text.replace(/^@/, ''))
    .pipe(z.string().regex(identifier, 'must be the account’s whole handle, such as bao.bsky.social, or its DID'))
    .describe('The account’s handle, such as bao.bsky.social, or its DID.'),
  appPassword: z
    .string({ error: 'is missing: in Bluesky, Settings, Privacy and security, App passwords, Add' })
    .trim()
    .min(6, 'must be the app password as Bluesky showed it')
    .describe('Settings, Privacy and security, App passwords, Add; never the account’s own password.'),
  embed: z
    .enum(['photos', 'card'])
    .default('photos')
    .describe('What stands below the text: the photos, or a link card with headline, summary and the first photo.'),
  photoBytes: z
    .int()
    .min(100_000)
    .max(2_000_000)
    .default(1_000_000)
    .describe('The largest photo sent; bsky.social takes 2000000, other providers may refuse more than 1000000.'),
});

export type BlueskySettings = z.infer<typeof settings>;
