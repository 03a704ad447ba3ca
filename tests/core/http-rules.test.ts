import { describe, expect, it } from 'vitest';
import { conditionalHeaders, validatorsOf } from '#src/core/conditional.ts';
import { isInside } from '#src/core/is-inside.ts';
import { retryAfter } from '#src/core/retry-after.ts';

const now = Date.UTC(2026, 10, 25, 8);
const day = 86_400_000;

describe('Retry-After', () => {
  it.each([
    ['120', now + 120_000],
    ['0', now],
    ['Wed, 25 Nov 2026 08:05:00 GMT', now + 300_000],
    ['Wed Nov 25 08:05:00 2026', now + 300_000],
    ['Wed, 25 Nov 2020 08:05:00 GMT', now],
    ['999999999', now + day],
    ['soon', null],
    ['-5', null],
    ['2026', now + 2_026_000],
    ['', null],
  ])('%j', (header, at) => {
    expect(retryAfter({ 'retry-after': header }, now)).toBe(at);
  });

  it('may be missing', () => expect(retryAfter({}, now)).toBeNull());
});

describe('validators', () => {
  const given = { etag: 'W/"a b"', 'last-modified': 'Wed, 25 Nov 2026 08:05:00 GMT' };

  it('are echoed byte for byte for eight days', () => {
    const validators = validatorsOf(given, now);
    const echoed = { 'if-none-match': 'W/"a b"', 'if-modified-since': 'Wed, 25 Nov 2026 08:05:00 GMT' };
    expect(conditionalHeaders(validators, now + 8 * day - 1)).toEqual(echoed);
    expect(conditionalHeaders(validators, now + 8 * day)).toEqual({});
  });

  it('are none in an answer without them, and 2038 is no date', () => {
    expect(validatorsOf({}, now)).toBeNull();
    expect(validatorsOf({ 'last-modified': 'Tue, 19 Jan 2038 03:14:07 GMT' }, now)).toBeNull();
    expect(conditionalHeaders(null, now)).toEqual({});
  });
});

describe('a file address', () => {
  it.each([
    ['file:///in/a.jpg', true],
    ['file:///in/b/c.jpg', true],
    ['file:///in/..a.jpg', true],
    ['file:///in', false],
    ['file:///in/../x.jpg', false],
    ['file:///in/%2e%2e/x.jpg', false],
    ['file:///in/%2e%2e%2fx.jpg', false],
    ['file:///inbox/a.jpg', false],
    ['file://host/in/a.jpg', false],
    ['file:///in/a%00.jpg', false],
    ['https://in/a.jpg', false],
    ['a.jpg', false],
  ])('%s is inside /in: %s', (url, inside) => {
    expect(isInside('/in', url)).toBe(inside);
  });
});
