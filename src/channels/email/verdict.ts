/** What the mail server's refusal, or its silence, says of a mail. */
import type { NodemailerError } from 'nodemailer/lib/errors';
import { domainOf } from '#src/channels/email/address.ts';
import type { EmailSettings } from '#src/channels/email/settings.ts';
import { HttpFailure, messageOf, UserError } from '#src/core/errors.ts';
import { mask } from '#src/core/mask.ts';
import type { SendResult } from '#src/core/outcome.ts';
import { NotPrepared } from '#src/core/send-result.ts';

type Verdict = Exclude<SendResult, { kind: 'sent' }>;

/** `hasBegun`: the server wanted the mail, and bytes of it may have left. */
export function verdictOf(error: unknown, hasBegun: boolean, settings: EmailSettings): Verdict {
  const reason = told(error, settings);
  if (error instanceof NotPrepared) return error.result as Verdict;
  if (error instanceof UserError) return channel([reason, error.next].filter(Boolean).join('. '));
  if (error instanceof HttpFailure) return connectionVerdict(error, hasBegun, reason);
  const { code = '', responseCode = 0, command = '', originalCode } = error as NodemailerError;
  const refused = responseCode >= 400 && responseCode < 600;
  if (hasBegun && !(refused && code === 'EMESSAGE')) return { kind: 'ambiguous', reason: unsure(reason) };
  if (isCertificate(originalCode)) return channel(`${reason}: the certificate of ${settings.host} has to be mended`);
  // 503 speaks of the order of commands, not of the mail.
  const isFinal = responseCode >= 500 && responseCode !== 503;
  switch (code) {
    case 'EAUTH':
    case 'ENOAUTH':
    case 'EOAUTH2':
      return responseCode >= 400 && responseCode < 500
        ? { kind: 'notSent', reason }
        : channel(`the mail server does not take user and password: ${reason}`);
    case 'ETLS':
    case 'EREQUIRETLS':
      // Without an answer it broke off in between, as when the server starts anew.
      return responseCode < 500
        ? { kind: 'notSent', reason }
        : channel(`the connection to ${settings.host} cannot be encrypted: ${reason}`);
    case 'EENVELOPE':
      if (!isFinal) return { kind: 'notSent', reason };
      return /MAIL FROM/i.test(command) && !isTooLarge(error as NodemailerError)
        ? channel(`the mail server does not take ${settings.from.address} as sender: ${reason}`)
        : refusal(error as NodemailerError, reason, settings);
    case 'EMESSAGE':
      return isFinal || !refused ? refusal(error as NodemailerError, reason, settings) : { kind: 'notSent', reason };
    case 'ECONFIG':
    case 'EFILEACCESS':
    case 'EURLACCESS':
    case 'EMAXRECIPIENTS':
      return { kind: 'permanent', scope: 'item', reason };
    case 'EPROTOCOL':
    case 'ESTREAM':
      return { kind: 'notSent', reason, tries: 5 };
    default:
      return { kind: 'notSent', reason };
  }
}

/** RFC 3463: 5.1 is about the address, 5.7 about who sends; the latter may befall one mail, or all. */
function refusal({ response = '' }: NodemailerError, reason: string, { from }: EmailSettings): Verdict {
  const item = { kind: 'permanent', scope: 'item' } as const;
  if (/\b5\.1\.[1-36]\b/.test(response))
    return { ...item, reason: `${reason}. Correct the address, or take it off the list` };
  if (!/\b5\.7\.\d+\b/.test(response)) return { ...item, reason };
  const advice = `Mail from ${domainOf(from.address)} is distrusted there: look at its SPF, DKIM and DMARC`;
  return { ...item, reason: `${reason}. ${advice}`, mayBeGeneral: true };
}

function connectionVerdict(error: HttpFailure, hasBegun: boolean, reason: string): Verdict {
  if (hasBegun) return { kind: 'ambiguous', reason: unsure(reason) };
  const { code } = (error.cause ?? {}) as NodeJS.ErrnoException;
  return error.kind === 'blocked' || isCertificate(code) ? channel(reason) : { kind: 'notSent', reason };
}

const isCertificate = (code = '') => /CERT|UNABLE_TO_VERIFY|SELF_SIGNED/.test(code);

const channel = (reason: string): Verdict => ({ kind: 'permanent', scope: 'channel', reason });

/** 552 5.3.4: this mail is too large, others are not. */
const isTooLarge = ({ responseCode, response = '' }: NodemailerError) =>
  responseCode === 552 || /\b5\.(3\.4|2\.3)\b/.test(response);

const unsure = (reason: string) => `the mail was handed over, and the server did not say that it took it (${reason})`;

/** What the server said, on one line, without our password. */
function told(error: unknown, { password }: EmailSettings): string {
  const { response } = error as NodemailerError;
  const said = response ? `the mail server answered ${response}` : messageOf(error);
  // Cut when it holds none any more: half a password would not be known as one.
  const masked = mask(said.slice(0, 64 * 1024), password === undefined ? [] : [password]);
  return masked.replace(/\s+/g, ' ').trim().slice(0, 300);
}
