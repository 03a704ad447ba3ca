import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSeal } from '#src/core/seal.ts';

const key = (fill: number) => new Uint8Array(32).fill(fill);

describe('the seal', () => {
  const seal = createSeal(key(1));

  it('opens what it closed, whatever it says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, about) => {
        const wellFormed = text.toWellFormed();
        expect(seal.open(seal.close(wellFormed, about), about)).toBe(wellFormed);
      }),
    );
  });

  it('shows nothing of it, and never looks the same twice', () => {
    const sealed = seal.close('canary-token', 'sky');
    expect(sealed).not.toContain('canary');
    expect(Buffer.from(sealed.slice(3), 'base64url').toString('latin1')).not.toContain('canary');
    expect(seal.close('canary-token', 'sky')).not.toBe(sealed);
  });

  it('opens nothing of another channel, another key, or changed since', () => {
    const sealed = seal.close('canary-token', 'sky');
    expect(seal.open(sealed, 'page')).toBeNull();
    expect(createSeal(key(2)).open(sealed, 'sky')).toBeNull();
    const bytes = Buffer.from(sealed.slice(3), 'base64url');
    for (const at of [0, 13, bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1;
      expect(seal.open(`v1.${changed.toString('base64url')}`, 'sky'), `byte ${at}`).toBeNull();
    }
    for (const odd of ['', 'v1.', 'v2.abcd', 'nonsense', sealed.slice(0, 20)]) expect(seal.open(odd, 'sky')).toBeNull();
  });

  it('signs the same text alike under one key alone', () => {
    expect(seal.sign('sky')).toBe(createSeal(key(1)).sign('sky'));
    expect(seal.sign('sky')).toHaveLength(43);
    expect(seal.sign('sky')).not.toBe(seal.sign('sky '));
    expect(seal.sign('sky')).not.toBe(createSeal(key(2)).sign('sky'));
  });
});
