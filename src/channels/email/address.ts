/** Mail addresses as they go into settings, envelopes and headers. */
import { domainToASCII } from 'node:url';
import { z } from 'zod';

export interface Mailbox {
  /** Empty where there is none. */
  name: string;
  address: string;
}

const wrong = 'must be an address, such as name@bao.example or "Name <name@bao.example>"';

/** RFC 5322 dot-atom, RFC 5321 length. */
const localPart = /^(?=.{1,64}$)[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const domain = /^(?=.{1,253}$)(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)*$/;

/** The address with its domain in ASCII and lower case; null when it is none. */
export function plainAddress(text: string): string | null {
  const at = text.lastIndexOf('@');
  const [local, host] = [text.slice(0, at), domainToASCII(text.slice(at + 1))];
  return at > 0 && localPart.test(local) && domain.test(host) ? `${local}@${host}` : null;
}

export const address = z
  .string({ error: wrong })
  .trim()
  .transform((text, context) => {
    const plain = plainAddress(text);
    if (plain === null) context.addIssue({ code: 'custom', message: wrong });
    return plain ?? z.NEVER;
  });

/** `name@host`, `Name <name@host>`, or the two by themselves. */
export const mailbox = z
  .union([z.string(), z.strictObject({ name: z.string().default(''), address: z.string() })], { error: wrong })
  .transform((given, context): Mailbox => {
    const { name, address } = typeof given === 'string' ? parsed(given) : given;
    const plain = plainAddress(address.trim());
    if (plain === null) context.addIssue({ code: 'custom', message: wrong });
    return plain === null ? z.NEVER : { name: name.replace(/\s+/g, ' ').trim(), address: plain };
  });

function parsed(text: string): Mailbox {
  const match = /^\s*"?([^"<>]*?)"?\s*<([^<>]*)>\s*$/.exec(text);
  return match ? { name: match[1]!, address: match[2]! } : { name: '', address: text };
}

export const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1);
