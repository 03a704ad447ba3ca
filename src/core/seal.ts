/** This installation's own key: what it encrypts nobody else reads, what it signs nobody else makes. */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

export interface Seal {
  /** The text encrypted, for `open`; `about` names what it belongs to, and opens nothing else. */
  close(text: string, about: string): string;
  /** Null when it was closed with another key, about something else, or changed since. */
  open(sealed: string, about: string): string | null;
  /** base64url, 43 characters. */
  sign(text: string): string;
}

const version = 'v1';
/** NIST SP 800-38D: 96 bits, never the same twice under one key; 128 bits of tag. */
const nonceBytes = 12;
const tagBytes = 16;

/** AES-256-GCM and HMAC-SHA256, each under a key of its own derived from `secret` (RFC 5869). */
export function createSeal(secret: Uint8Array): Seal {
  const encryption = derive(secret, 'loa encryption');
  const signing = derive(secret, 'loa signing');
  return {
    close(text, about) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', encryption, nonce).setAAD(Buffer.from(about));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return `${version}.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`;
    },
    open(sealed, about) {
      const [mark, rest] = sealed.split('.');
      const bytes = Buffer.from(rest ?? '', 'base64url');
      if (mark !== version || bytes.length < nonceBytes + tagBytes) return null;
      const nonce = bytes.subarray(0, nonceBytes);
      const decipher = createDecipheriv('aes-256-gcm', encryption, nonce, { authTagLength: tagBytes });
      decipher.setAAD(Buffer.from(about)).setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      try {
        return decipher.update(bytes.subarray(nonceBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8');
      } catch {
        return null;
      }
    },
    sign: (text) => createHmac('sha256', signing).update(text).digest('base64url'),
  };
}

function derive(secret: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), purpose, 32));
}
