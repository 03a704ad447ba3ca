import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mask, secretsIn } from '#src/core/mask.ts';

const password = 'pa\\ss"w<ö>rd+ /=&7';

describe('a secret is masked however it comes back', () => {
  it.each([
    ['as it is', password],
    ['in an address', encodeURIComponent(password)],
    ['in small percent-encoding', encodeURIComponent(password).toLowerCase()],
    ['in a form', new URLSearchParams({ a: password }).toString().slice(2)],
    ['in JSON', JSON.stringify(password).slice(1, -1)],
    ['in JSON within JSON', JSON.stringify(JSON.stringify(password)).slice(3, -3)],
    ['in HTML', 'pa\\ss&quot;w&lt;ö&gt;rd+ /=&amp;7'],
    ['in base64', Buffer.from(password).toString('base64')],
    ['in base64 for addresses', Buffer.from(password).toString('base64url')],
  ])('%s', (_how, form) => {
    expect(mask(`refused: [${form}]`, [password])).toBe('refused: [***]');
  });

  it('as user and password of Basic, and of AUTH PLAIN', () => {
    const canary = 'canary-of-the-password';
    for (const before of ['tin:', '\0tin\0', '\0ti\0', 'x', '']) {
      const told = mask(Buffer.from(`${before}${canary}\0`).toString('base64'), [canary]);
      expect(Buffer.from(told.replace('***', ''), 'base64').toString()).not.toMatch(/canary|password/);
      expect(told).toContain('***');
    }
  });
});

it('nothing of it is left, whatever stands around', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '-', '"', '%', 'ơ', ' ') });
  fc.assert(
    fc.property(fc.uuid(), text, text, (secret, before, after) => {
      expect(mask(before + secret + after, [secret])).not.toContain(secret);
      const encoded = Buffer.from(before + secret + after).toString('base64');
      expect(Buffer.from(mask(encoded, [secret]), 'base64').toString()).not.toContain(secret.slice(4, -4));
    }),
  );
});

it('the settings tell which values are secret, by their names', () => {
  const settings = {
    host: 'smtp.bao.example',
    password: 'canary-1',
    dkim: { privateKey: 'canary-2' },
    headers: { 'X-A': 'canary-3' },
  };
  expect(secretsIn(settings)).toEqual(['canary-1', 'canary-2', 'canary-3']);
});

it('leaves a text without secrets as it is', () => {
  expect(mask('the server answered 500: a plain sentence', ['canary-token-1234'])).toBe(
    'the server answered 500: a plain sentence',
  );
});
