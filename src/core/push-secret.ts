/** The setting of a secret that senders sign with. */
import { z } from 'zod';
import { decodeSecret } from '#src/core/push-signature.ts';

const shortestText = 12;
const fewestBytes = 16;
const make = 'make one with `openssl rand -base64 32` and write `whsec_` in front of it';

const one = z
  .string()
  .trim()
  .superRefine((secret, { addIssue }) => {
    const message = mistakeOf(secret);
    if (message !== null) addIssue({ code: 'custom', message });
  });

/** One secret, or the old and the new one while senders change over. */
export const pushSecret = z.union([one.transform((secret) => [secret]), z.array(one).min(1).max(2)], {
  error: ({ input }) => (input === undefined ? `is missing: ${make}` : undefined),
});

function mistakeOf(secret: string): string | null {
  if (secret === '') return `is empty: ${make}`;
  if (!secret.startsWith('whsec_'))
    return secret.length < shortestText
      ? `has fewer than ${shortestText} characters and could be guessed: ${make}`
      : null;
  const bytes = decodeSecret(secret);
  if (bytes === null) return 'does not hold base64 after `whsec_`: copy it again';
  return bytes.length < fewestBytes ? `holds fewer than ${fewestBytes} bytes and could be guessed: ${make}` : null;
}
