import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSignedByHub } from '#src/core/hub-signature.ts';

const secret = 'bí mật của hub';
const methods = ['sha1', 'sha256', 'sha384', 'sha512'] as const;
const sign = (method: string, body: Uint8Array | string, by = secret) =>
  `${method}=${createHmac(method, by).update(body).digest('hex')}`;

describe('a hub’s signature', () => {
  it('fits its body, whatever bytes it holds, and no other', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.constantFrom(...methods), fc.nat(), (body, method, at) => {
        const header = sign(method, body);
        expect(isSignedByHub(header, body, secret)).toBe(true);
        expect(isSignedByHub(header.toUpperCase(), body, secret)).toBe(true);
        expect(isSignedByHub(header, Uint8Array.from([...body, 0]), secret)).toBe(false);
        expect(isSignedByHub(header, body, `${secret} `)).toBe(false);
        const digit = method.length + 1 + (at % (header.length - method.length - 1));
        const other = header[digit] === '0' ? '1' : '0';
        expect(isSignedByHub(header.slice(0, digit) + other + header.slice(digit + 1), body, secret)).toBe(false);
      }),
    );
  });

  it.each(['', 'sha256', 'sha256=', 'sha256=zz', sign('md5', 'x'), sign('sha224', 'x'), `${sign('sha256', 'x')}00`])(
    '%j is none',
    (header) => expect(isSignedByHub(header, new TextEncoder().encode('x'), secret)).toBe(false),
  );

  it('may be missing', () => expect(isSignedByHub(undefined, new Uint8Array(), secret)).toBe(false));
});
