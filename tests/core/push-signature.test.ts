import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pushSecret } from '#src/core/push-secret.ts';
import { checkPushSignature } from '#src/core/push-signature.ts';

const now = Date.UTC(2026, 10, 26, 4);
const minute = 60_000;
const key = Buffer.from('0123456789abcdef0123456789abcdef');
const secret = `whsec_${key.toString('base64')}`;
const plain = 'một bí mật đủ dài 🔑';
const bytes = (text: string) => new TextEncoder().encode(text);
const article = '{"id":"cau-moi","title":"Cầu Rạch Đông thông xe 🌉"}';

const hmac = (secretKey: string | Buffer, ...parts: (string | Uint8Array)[]) => {
  const made = createHmac('sha256', secretKey);
  for (const part of parts) made.update(part);
  return made;
};

function standard(body: string, { id = 'msg_1', at = now, by = key as string | Buffer, more = '' } = {}) {
  const seconds = Math.floor(at / 1000);
  const signature = hmac(by, `${id}.${seconds}.${body}`).digest('base64');
  return {
    headers: { 'webhook-id': id, 'webhook-timestamp': `${seconds}`, 'webhook-signature': `${more}v1,${signature}` },
    body: bytes(body),
    now,
  };
}

function ghost(body: string, { at = now, by = plain } = {}) {
  const headers = { 'x-ghost-signature': `sha256=${hmac(by, body, `${at}`).digest('hex')}, t=${at}` };
  return { headers, body: bytes(body), now };
}

function gitHub(body: string, more: Record<string, string> = {}) {
  const headers = { 'x-hub-signature-256': `sha256=${hmac(plain, body).digest('hex')}`, ...more };
  return { headers, body: bytes(body), now };
}

describe('the form of Standard Webhooks', () => {
  it('is taken with the message’s own id', () => {
    expect(checkPushSignature(standard(article), [secret])).toEqual({ valid: true, messageId: 'msg_1' });
  });

  it('is taken when any of several signatures fits, unknown versions and rubbish beside it', () => {
    const request = standard(article, { more: 'v1a,AAAA v1,AAAA v1,%%% ' });
    expect(checkPushSignature(request, [secret])).toMatchObject({ valid: true });
  });

  it('is taken with a plain secret, and with either of two while they are changed', () => {
    expect(checkPushSignature(standard(article, { by: plain }), [plain])).toMatchObject({ valid: true });
    expect(checkPushSignature(standard(article, { by: plain }), [secret, plain])).toMatchObject({ valid: true });
    expect(checkPushSignature(standard(article), [plain, secret])).toMatchObject({ valid: true });
  });

  it('holds within five minutes, before and after', () => {
    for (const off of [-5 * minute, 5 * minute])
      expect(checkPushSignature(standard(article, { at: now + off }), [secret])).toMatchObject({ valid: true });
  });

  it.each([
    [-6 * minute, /sent 6 min ago: a clock is off/],
    [90 * minute, /sent 90 min from now: a clock is off/],
  ])('off by %d ms is refused, and the log says by how much', (off, reason) => {
    const checked = checkPushSignature(standard(article, { at: now + off }), [secret]);
    expect(checked).toEqual({ valid: false, reason: expect.stringMatching(reason) });
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['no id', { 'webhook-id': '' }, /webhook-id is missing/],
    ['an endless id', { 'webhook-id': 'x'.repeat(400) }, /too long/],
    ['a time in words', { 'webhook-timestamp': 'now' }, /webhook-timestamp/],
    ['a time with more behind it', { 'webhook-timestamp': `${now / 1000}.1` }, /webhook-timestamp/],
    ['no signature of version 1', { 'webhook-signature': 'v2,AAAA' }, /no v1/],
    ['somebody else’s signature', { 'webhook-signature': `v1,${key.toString('base64')}` }, /another secret/],
  ])('with %s is refused', (_, headers, reason) => {
    const request = standard(article);
    const checked = checkPushSignature({ ...request, headers: { ...request.headers, ...headers } }, [secret]);
    expect(checked).toEqual({ valid: false, reason: expect.stringMatching(reason) });
  });

  it('cannot be cut in another place to pass for another message', () => {
    const seconds = `${now / 1000}`;
    const request = standard('body', { id: `a.${seconds}` });
    const moved = {
      ...request,
      headers: { ...request.headers, 'webhook-id': 'a', 'webhook-timestamp': seconds },
      body: bytes(`${seconds}.body`),
    };
    expect(checkPushSignature(moved, [secret])).toMatchObject({ valid: true });
    // So a sender who named messages like that is refused from the first one on.
    expect(checkPushSignature(request, [secret])).toMatchObject({ valid: false });
  });
});

describe('Ghost’s form', () => {
  it('is taken, and known again by signature and time', () => {
    const first = checkPushSignature(ghost(article), [plain]);
    expect(first).toMatchObject({ valid: true });
    expect(checkPushSignature(ghost(article), [plain])).toEqual(first);
    expect(checkPushSignature(ghost(article, { at: now + 1 }), [plain])).not.toEqual(first);
  });

  it('is refused over another body, another time, and too late', () => {
    const request = ghost(article);
    expect(checkPushSignature({ ...request, body: bytes(`${article} `) }, [plain])).toMatchObject({ valid: false });
    const shifted = request.headers['x-ghost-signature'].replace(`${now}`, `${now + 1}`);
    expect(checkPushSignature({ ...request, headers: { 'x-ghost-signature': shifted } }, [plain]).valid).toBe(false);
    const late = checkPushSignature({ ...request, now: now + 6 * minute }, [plain]);
    expect(late).toEqual({ valid: false, reason: expect.stringContaining('6 min ago') });
  });

  it.each(['', 'sha256=', 'sha256=zz, t=1', 't=1790000000000', 'sha1=aa, t=1790000000000'])(
    '%j is refused',
    (header) => {
      const request = { ...ghost(article), headers: { 'x-ghost-signature': header } };
      expect(checkPushSignature(request, [plain])).toMatchObject({ valid: false });
    },
  );
});

describe('GitHub’s form', () => {
  it('is known again by its body, whatever its id says: that is not signed', () => {
    const digest = createHash('sha256').update(article).digest('hex');
    for (const id of ['72d3162e', 'another']) {
      const named = checkPushSignature(gitHub(article, { 'x-github-delivery': id }), [plain]);
      expect(named).toEqual({ valid: true, messageId: `body ${digest}` });
    }
  });

  it('is refused over another body and with another secret', () => {
    expect(checkPushSignature({ ...gitHub(article), body: bytes('{}') }, [plain])).toMatchObject({ valid: false });
    expect(checkPushSignature(gitHub(article), [secret])).toMatchObject({ valid: false });
  });
});

it('without any signature a request is refused, and so is a blank one', () => {
  const reason = expect.stringContaining('not signed');
  expect(checkPushSignature({ headers: {}, body: bytes(article), now }, [secret])).toEqual({ valid: false, reason });
  const blank = { headers: { 'webhook-signature': '' }, body: bytes(article), now };
  expect(checkPushSignature(blank, [secret])).toMatchObject({ valid: false });
});

it('no header makes it throw, and no change of a byte is overlooked', () => {
  const header = fc.string({ unit: 'binary', maxLength: 80 });
  const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature', 'x-ghost-signature', 'x-hub-signature-256'];
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), header), fc.uint8Array(), (headers, body) => {
      expect(checkPushSignature({ headers, body, now }, [secret, plain]).valid).toBe(false);
    }),
  );
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', minLength: 1 }),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (text, at, by) => {
        for (const request of [standard(text), ghost(text), gitHub(text)]) {
          expect(checkPushSignature(request, [secret, plain]).valid).toBe(true);
          const body = Uint8Array.from(request.body);
          body[at % body.length]! ^= by;
          expect(checkPushSignature({ ...request, body }, [secret, plain]).valid).toBe(false);
        }
      },
    ),
    { numRuns: 50 },
  );
});

describe('the setting of a secret', () => {
  it('is one, or two while they are changed', () => {
    expect(pushSecret.parse(secret)).toEqual([secret]);
    expect(pushSecret.parse([` ${secret} `, plain])).toEqual([secret, plain]);
  });

  it.each([
    ['short', /12 characters/],
    ['', /is empty/],
    ['whsec_&&', /base64/],
    ['whsec_AAAA', /16 bytes/],
  ])('%j is refused with what to do', (value, reason) =>
    expect(pushSecret.safeParse(value).error?.message).toMatch(reason),
  );

  it('is never more than two', () => expect(pushSecret.safeParse([plain, plain, plain]).success).toBe(false));
});
