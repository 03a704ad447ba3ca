import { z } from 'zod';
import { pushSecret } from '#src/core/push-secret.ts';

export const ghostSettings = z.object({
  url: z.url({ protocol: /^https?$/ }).describe('The site: its front page, also where that lies in a folder.'),
  key: z
    .string({ error: 'is missing: in Ghost, Settings, Integrations, Add custom integration, “Content API key”' })
    .trim()
    .regex(/^(?!\w+:\w+$)\S+$/, 'must be the Content API key as Ghost shows it, not the Admin API key')
    .describe('Content API key: in Ghost, Settings, Integrations, Add custom integration.'),
  api: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Where the API is, for a Ghost whose own address differs from the site: “API URL” beside the key.'),
  webhookSecret: pushSecret
    .optional()
    .describe('Secret of the webhooks that Ghost sends to `/ingest/ID`. A list of two while they change over.'),
});

export type GhostSettings = z.output<typeof ghostSettings>;
