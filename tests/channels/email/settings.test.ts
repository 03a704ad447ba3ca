import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { plainAddress } from '#src/channels/email/address.ts';
import { settings } from '#src/channels/email/settings.ts';
import { mailWords } from '#src/channels/email/words.ts';

const given = (change: Record<string, unknown> = {}) => ({
  host: 'smtp.bao.example',
  from: 'Báo Ví Dụ <tin@bao.example>',
  to: ['lan@hop-thu.example'],
  ...change,
});
const mistakes = (change: Record<string, unknown>) =>
  settings.safeParse(given(change)).error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? [];

describe('the settings', () => {
  it('take a sender in both forms, and domains in their own letters', () => {
    const expected = { name: 'Báo Ví Dụ', address: 'tin@bao.example' };
    expect(settings.parse(given()).from).toEqual(expected);
    expect(settings.parse(given({ from: expected })).from).toEqual(expected);
    expect(settings.parse(given({ from: '"Báo Ví Dụ" <tin@BAO.example>' })).from).toEqual(expected);
    expect(settings.parse(given({ to: ['lan@báo.example'] })).to).toEqual(['lan@xn--bo-mia.example']);
    expect(settings.parse(given({ host: '[2001:db8::25]' })).host).toBe('2001:db8::25');
  });

  it.each([
    ['no readers', { to: [] }, 'to must name at least one reader'],
    ['a reader twice', { to: ['a@b.example', 'A@b.example'] }, 'to names an address twice'],
    ['no address', { to: ['lan'] }, 'to.0 must be an address'],
    ['a line break in an address', { to: ['lan@b.example\r\nBcc: x@y.example'] }, 'to.0 must be an address'],
    ['a sender without an address', { from: 'Báo Ví Dụ' }, 'from must be an address'],
    ['a server with its protocol', { host: 'smtp://bao.example' }, 'host must be the name of a server'],
    ['a user alone', { user: 'tin' }, 'password is missing'],
    ['a password alone', { password: 'canary-123' }, 'user is missing'],
    ['STARTTLS refused on 465', { port: 465, startTls: false }, 'startTls says nothing'],
    ['a page that is not https', { unsubscribe: { url: 'http://a.example' } }, 'unsubscribe.url must be an address'],
    ['no language', { language: 'không' }, 'language must be a language'],
  ])('refuse %s', (_name, change, expected) => {
    expect(mistakes(change).join('\n')).toContain(expected);
  });

  it('take 200 readers, not more', () => {
    const readers = (count: number) => Array.from({ length: count }, (_, index) => `doc-gia-${index}@hop-thu.example`);
    expect(mistakes({ to: readers(200) })).toEqual([]);
    expect(mistakes({ to: readers(201) })).toEqual([expect.stringContaining('list server')]);
  });

  it('take an RSA key for the domain of the sender, or one above it', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ type: 'pkcs8', format: 'pem' });
    const other = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
    const dkim = { domain: 'bao.example', selector: 'loa1', privateKey: rsa };
    expect(mistakes({ dkim })).toEqual([]);
    expect(mistakes({ dkim, from: 'tin@thu.bao.example' })).toEqual([]);
    expect(mistakes({ dkim: { ...dkim, domain: 'o.example' } })).toEqual([expect.stringContaining('dkim.domain')]);
    expect(mistakes({ dkim: { ...dkim, privateKey: other } })).toEqual([expect.stringContaining('RSA')]);
  });
});

describe('an address', () => {
  it.each(['a@b', 'first.last+tag@mail.example', "o'neill@mail.example"])('is %s', (text) => {
    expect(plainAddress(text)).toBe(text);
  });
  it.each(['', '@b', 'a@', 'a b@c', 'a..b@c', '.a@c', 'a@b@c d', 'a@-b.example', '<a@b>', `${'a'.repeat(65)}@b`])(
    'is not “%s”',
    (text) => {
      expect(plainAddress(text)).toBeNull();
    },
  );
});

describe('the words around a mail', () => {
  it('are in the list’s language, or in English, and run as it is read', () => {
    expect(mailWords('vi-VN')).toMatchObject({ language: 'vi', direction: 'ltr' });
    expect(mailWords('ar')).toMatchObject({ language: 'ar', direction: 'rtl' });
    expect(mailWords('tlh')).toMatchObject({ language: 'en', direction: 'ltr' });
    expect(mailWords('toString')).toMatchObject({ language: 'en' });
  });
});
