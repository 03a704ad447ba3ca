/** Secrets that nobody must be told, and where they are found all the same. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';

/** Each secret its own, so that what is found tells whose it is. */
export const canaries = {
  mastodon: 'canary~Mastodon(token)*1',
  telegram: 'AAcanary-Telegram-token_2',
  facebook: 'canary~Facebook(token)*3',
  facebookApp: 'canary~Facebook (app) <secret>*4',
  bluesky: 'canary~Bluesky "app" <password>*5',
  smtp: 'canary~SMTP "pass" <word>&*6',
  summarizer: 'canary~Summarizer(key)*7',
  header: 'canary~header of the "webhook"*8',
  path: 'canary-in-the-path-of-the-webhook-9',
  wordpress: 'canary WordPress (pass) <word>*10',
  push: `whsec_${randomBytes(32).toString('base64')}`,
  webhook: `whsec_${randomBytes(32).toString('base64')}`,
  secretKey: 'canary~LOA_SECRET_KEY~at-least-32-characters',
  dkim: generateKeyPairSync('rsa', { modulusLength: 1024 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString(),
};

/** Every form in which one of them could stand in bytes; `canary.` begins the sessions that the fake provider gives. */
const traces = [
  ...Object.entries(canaries).flatMap(([name, secret]) => formsOf(partOf(secret)).map((form) => [name, form] as const)),
  ...['canary.access', 'canary.refresh'].flatMap((start) => formsOf(start).map((form) => ['session', form] as const)),
];

function partOf(secret: string): string {
  return secret.startsWith('-----') ? secret.split('\n')[2]! : secret.replace(/^whsec_/, '');
}

function formsOf(secret: string): string[] {
  const shifted = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]).toString('base64');
    return text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + secret.length) * 8) / 6));
  });
  const json = JSON.stringify(secret).slice(1, -1);
  const html = secret
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
  const form = new URLSearchParams([['', secret]]).toString().slice(1);
  const all = [secret, json, JSON.stringify(json).slice(1, -1), html, form, encodeURIComponent(secret), ...shifted];
  return [...new Set([...all, ...shifted.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))])];
}

/** What is found in it, each with the text around it: for whoever has to mend it. */
export function found(content: Buffer | string): string[] {
  const bytes = Buffer.from(content);
  return traces.flatMap(([name, form]) => {
    const at = bytes.indexOf(form);
    return at < 0
      ? []
      : [`${name}: ${bytes.subarray(Math.max(0, at - 100), at + form.length + 20).toString('latin1')}`];
  });
}
