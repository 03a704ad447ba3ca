import { z } from 'zod';
import { pushSecret } from '#src/core/push-secret.ts';

export const pushSettings = z.object({
  secret: pushSecret.describe(
    'What senders sign with: `whsec_` and base64, or other text; best kept in the environment. A list of two while they change over.',
  ),
  payload: z
    .enum(['truth', 'hint'])
    .default('truth')
    .describe('`truth`: what is pushed is the article. `hint`: it only says which page is to be read.'),
  url: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('The site, where pushed addresses such as `/tin/1` begin.'),
});

export type PushSettings = z.output<typeof pushSettings>;
