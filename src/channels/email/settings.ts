/** What an operator gives for a list of readers by mail. */
import { createPrivateKey } from 'node:crypto';
import { z } from 'zod';
import { address, domainOf, mailbox } from '#src/channels/email/address.ts';

const host = z
  .string({ error: 'is missing: the mail server that sends for you, such as smtp.bao.example' })
  .trim()
  .regex(/^(?:[\w.-]+|\[?[\da-f:.]+\]?)$/i, 'must be the name of a server, without a port or protocol')
  .transform((name) => name.replace(/^\[|\]$/g, ''));

const domainName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z\d-]+(\.[a-z\d-]+)+$/, 'must be a domain, such as bao.example');

const dkim = z.strictObject({
  domain: domainName.describe('That of `from`, or one above it.'),
  selector: z
    .string()
    .regex(/^[\w.-]+$/, 'must be the selector, the part before ._domainkey')
    .describe('The part before `._domainkey` in the DNS.'),
  privateKey: z
    .string()
    .refine(isRsaKey, 'must be an RSA private key in PEM, of 1,024 bits or more')
    .describe('RSA, in PEM, as `openssl genrsa 2048` makes it.'),
});

const unsubscribe = z.strictObject({
  url: z
    .url({ protocol: /^https$/, error: 'must be an address that begins with https://' })
    .optional()
    .describe('Of your own service; `{address}` and `{token}` are filled in. It takes one-click requests (RFC 8058).'),
  mailto: address.optional().describe('Where readers’ programs may send a mail instead.'),
});

export const settings = z
  .strictObject({
    host: host.describe('The mail server that sends for you.'),
    port: z.int().min(1).max(65535).default(587).describe('587 with STARTTLS, 465 encrypted from the first byte.'),
    secure: z.boolean().optional().describe('Encrypted from the first byte. Left out: on port 465.'),
    startTls: z
      .boolean()
      .optional()
      .describe(
        'Nothing is sent before the connection is encrypted. Left out: yes, but for a server on this machine on another port than 587. `false` only for a server in your own network.',
      ),
    user: z.string().min(1).optional().describe('Left out where the server takes mail from this machine unasked.'),
    password: z
      .string()
      .min(1)
      .optional()
      .describe('Of the user; sent over encrypted connections, or to this machine.'),
    from: mailbox.describe('Who the mails come from: `"Báo Ví Dụ <tin@bao.example>"`.'),
    to: z
      .array(address)
      .min(1, 'must name at least one reader')
      .max(200, 'takes 200 readers at most: for more, name the address of a list server')
      .refine(isUnique, 'names an address twice')
      .describe('The readers, 200 at most; each gets a mail of their own. A larger list belongs to a list server.'),
    replyTo: mailbox.optional().describe('Where answers go, where not to `from`.'),
    listId: domainName.optional().describe('Names the list, the same for ever. Left out: the channel’s id at `from`.'),
    language: z
      .string()
      .refine(isLanguage, 'must be a language, such as vi')
      .optional()
      .describe('Of the page for leaving the list. Left out: the site’s.'),
    unsubscribe: unsubscribe
      .optional()
      .describe('Left out: a page of Loa’s own where `publicUrl` is https, else a mail to `replyTo` or `from`.'),
    dkim: dkim
      .optional()
      .describe('Signs every mail. Without it the mail server must sign, List-Unsubscribe-Post too.'),
    subjectPrefix: z.string().trim().max(60).default('').describe('Before every subject: `"[Báo Ví Dụ]"`.'),
    photos: z
      .enum(['hosted', 'inline'])
      .default('hosted')
      .describe('`hosted`: loaded from `publicUrl` by whoever reads. `inline`: inside the mail, up to 1 MB.'),
    perMinute: z.int().positive().default(300).describe('Most mails a minute through this account.'),
    perDay: z.int().positive().optional().describe('Most mails a day through it.'),
    bounceTo: address
      .optional()
      .describe('Takes mails that come back, at `name+…@`; the part behind the plus sign names the delivery.'),
    testTo: address.optional().describe('Where `loa channel test` sends its mail. Left out: `from`.'),
  })
  .superRefine(({ user, password, from, dkim, secure, startTls, port }, context) => {
    const wrong = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (user && !password) wrong(['password'], 'is missing');
    if (password && !user) wrong(['user'], 'is missing');
    if (startTls === false && (secure ?? port === 465)) wrong(['startTls'], 'says nothing where secure is on');
    if (dkim && !`.${domainOf(from.address)}`.endsWith(`.${dkim.domain}`)) {
      wrong(['dkim', 'domain'], 'must be the domain of `from`, or one above it');
    }
  });

export type EmailSettings = z.infer<typeof settings>;

function isUnique(addresses: readonly string[]): boolean {
  return new Set(addresses.map((one) => one.toLowerCase())).size === addresses.length;
}

function isLanguage(text: string): boolean {
  try {
    return new Intl.Locale(text).toString() !== '';
  } catch {
    return false;
  }
}

function isRsaKey(pem: string): boolean {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey(pem);
    return asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= 1024;
  } catch {
    return false;
  }
}
