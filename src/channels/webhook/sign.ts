import { createHmac } from 'node:crypto';

/** Signing as Standard Webhooks 1.0.0 says (symmetric, `v1`). */

export const secretPrefix = 'whsec_';

/** The key's bytes; the spec wants 24 to 64 of them. */
export function secretBytes(secret: string): Buffer {
  return Buffer.from(secret.slice(secretPrefix.length), 'base64');
}

/** The `webhook-signature` header: one signature per secret, newest first. `timestamp` in seconds. */
export function signatures(secrets: readonly string[], id: string, timestamp: number, body: string): string {
  return secrets.map((secret) => `v1,${sign(secretBytes(secret), `${id}.${timestamp}.${body}`)}`).join(' ');
}

function sign(key: Buffer, content: string): string {
  return createHmac('sha256', key).update(content, 'utf8').digest('base64');
}
