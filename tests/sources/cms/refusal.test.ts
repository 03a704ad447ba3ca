import { expect, it } from 'vitest';
import { cmsRefusal } from '#src/sources/cms/refusal.ts';

const refusalOf = (json: unknown) =>
  cmsRefusal(
    { status: 401, headers: {}, url: '', json, isPage: false, validators: null, notBefore: null },
    'The Ghost of https://bao.example',
    0,
    { refused: 'Copy the key again.', missing: '' },
  ).message;

it('names what the system calls its refusal', () => {
  expect(refusalOf({ code: 'rest_forbidden' })).toBe(
    'The Ghost of https://bao.example refuses Loa (401 rest_forbidden)',
  );
  expect(refusalOf({ errors: [{ type: 'UnauthorizedError' }] })).toContain('(401 UnauthorizedError)');
});

it('never tells an address with a key that is said back', () => {
  expect(refusalOf({ code: '/ghost/api/content/posts/?key=0123456789' })).toBe(
    'The Ghost of https://bao.example refuses Loa (401)',
  );
});
