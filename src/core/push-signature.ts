/** Whether a pushed request comes from who knows the secret: the three ways in which senders sign. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

export interface SignedRequest {
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  /** As it came: every byte is signed. */
  body: Uint8Array;
  /** Milliseconds. */
  now: number;
}

export type PushSignature =
  /** `messageId`: the same for a request that is sent again. */
  | { valid: true; messageId: string }
  /** `reason` is for the log: whoever sends must not learn how near a guess was. */
  | { valid: false; reason: string };

/** How far a sender's clock may be off, milliseconds: what is older could be somebody's copy of an old request. */
const tolerance = 5 * 60_000;
const mostSignatures = 20;
const longestId = 300;

/**
 * Standard Webhooks (`webhook-signature`), Ghost's form (`X-Ghost-Signature`) or GitHub's (`X-Hub-Signature-256`), by the
 * first of these headers that is there. Any of `secrets` will do, so that one can be changed without a gap.
 */
export function checkPushSignature(request: SignedRequest, secrets: readonly string[]): PushSignature {
  const { headers } = request;
  const keys = secrets.flatMap(keysOf);
  if (headers['webhook-signature'] !== undefined) return checkStandard(request, headers['webhook-signature'], keys);
  if (headers['x-ghost-signature'] !== undefined) return checkGhost(request, headers['x-ghost-signature'], keys);
  if (headers['x-hub-signature-256'] !== undefined) return checkGitHub(request, headers['x-hub-signature-256'], keys);
  return refused('it is not signed: it has none of webhook-signature, X-Ghost-Signature, X-Hub-Signature-256');
}

/** `whsec_BASE64`, and bare base64 as libraries of that standard take it, name bytes; senders of the other forms take the text itself. */
function keysOf(secret: string): Buffer[] {
  const decoded = decodeSecret(secret);
  return decoded === null ? [Buffer.from(secret)] : [decoded, Buffer.from(secret)];
}

/** The bytes that a secret stands for in base64; null where it is only text. */
export function decodeSecret(secret: string): Buffer | null {
  const base64 = secret.replace(/^whsec_/, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return null;
  const bytes = Buffer.from(base64, 'base64');
  const isWhole = bytes.toString('base64').replace(/=+$/, '') === base64.replace(/=+$/, '');
  return isWhole && (secret !== base64 || bytes.length >= 16) ? bytes : null;
}

function checkStandard({ headers, body, now }: SignedRequest, signatures: string, keys: Buffer[]): PushSignature {
  const id = headers['webhook-id'] ?? '';
  const timestamp = headers['webhook-timestamp'] ?? '';
  if (id === '' || id.length > longestId) return refused('its webhook-id is missing or too long');
  // With the id `a.1790000000` the parts could be told apart in two ways, and an old request pass for another one.
  if (/\.\d{9,11}(\.|$)/.test(id)) return refused('its webhook-id holds what could be the time');
  if (!/^\d{9,11}$/.test(timestamp)) return refused('its webhook-timestamp is not in seconds since 1970');
  const given = signatures
    .split(/\s+/)
    .filter((one) => one.startsWith('v1,'))
    .slice(0, mostSignatures)
    .map((one) => Buffer.from(one.slice(3), 'base64'));
  if (given.length === 0) return refused('its webhook-signature holds no v1 signature');
  if (!isSigned(given, keys, [`${id}.${timestamp}.`, body])) return wrongSecret;
  return inTime(Number(timestamp) * 1000, now, id);
}

function checkGhost({ body, now }: SignedRequest, header: string, keys: Buffer[]): PushSignature {
  const fields = new Map(header.split(',').map((part) => splitAt(part.trim(), '=')));
  const time = fields.get('t') ?? '';
  const given = fromHex(fields.get('sha256'));
  if (given === null || !/^\d{12,14}$/.test(time)) return refused('its X-Ghost-Signature is not sha256=HEX, t=TIME');
  if (!isSigned([given], keys, [body, time])) return wrongSecret;
  return inTime(Number(time), now, `ghost ${time} ${given.toString('hex')}`);
}

/**
 * Nothing in it tells when it was sent, and `X-GitHub-Delivery` is not signed: only the body itself keeps a copy under
 * another id from counting again.
 */
function checkGitHub({ body }: SignedRequest, header: string, keys: Buffer[]): PushSignature {
  const given = fromHex(/^sha256=(.*)$/i.exec(header.trim())?.[1]);
  if (given === null) return refused('its X-Hub-Signature-256 is not sha256=HEX');
  if (!isSigned([given], keys, [body])) return wrongSecret;
  return { valid: true, messageId: `body ${createHash('sha256').update(body).digest('hex')}` };
}

/** Every key is tried on every signature, so that the time it takes tells nothing. */
function isSigned(given: Buffer[], keys: Buffer[], content: (string | Uint8Array)[]): boolean {
  let found = false;
  for (const key of keys) {
    const hmac = createHmac('sha256', key);
    for (const part of content) hmac.update(part);
    const expected = hmac.digest();
    for (const one of given) {
      const isSame = one.length === expected.length && timingSafeEqual(one, expected);
      found = isSame || found;
    }
  }
  return found;
}

function inTime(sentAt: number, now: number, messageId: string): PushSignature {
  const off = now - sentAt;
  if (Math.abs(off) <= tolerance) return { valid: true, messageId };
  const minutes = Math.round(Math.abs(off) / 60_000);
  return refused(
    `its signature is right, but it says it was sent ${minutes} min ${off > 0 ? 'ago' : 'from now'}: a clock is off, or it is an old copy`,
  );
}

const refused = (reason: string): PushSignature => ({ valid: false, reason });

const wrongSecret = refused('its signature does not fit: another secret, or its body was changed on the way');

function fromHex(text: string | undefined): Buffer | null {
  return text !== undefined && /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : null;
}

function splitAt(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at).toLowerCase(), text.slice(at + 1)];
}
