import { describe, expect, it } from 'vitest';
import { HttpFailure } from '#src/core/errors.ts';
import { hashtag, hashtagsOf } from '#src/core/hashtag.ts';
import { postLength, textLength } from '#src/core/length.ts';
import { mask, secretsIn } from '#src/core/mask.ts';
import { matches } from '#src/core/only.ts';
import { safeText } from '#src/core/post-text.ts';
import { NotPrepared, resultOfAnswer, resultOfFailure } from '#src/core/send-result.ts';

describe('length', () => {
  it.each([
    ['graphemes', 3],
    ['code points', 9],
    ['utf-16 units', 13],
    ['utf-8 bytes', 29],
  ] as const)('in %s', (unit, length) => {
    expect(textLength('ệa👩‍👩‍👧‍👦', unit)).toBe(length);
  });

  it('is weighted as X does it', () => {
    expect(textLength('Sáng 29/11, UBND tỉnh Gia Lai tổ chức hội nghị', 'weighted')).toBe(51);
    expect(textLength('👩‍👩‍👧‍👦🇻🇳', 'weighted')).toBe(4);
    expect(textLength('東京…', 'weighted')).toBe(6);
  });

  it('counts a link as the service does', () => {
    const url = 'https://bao.example/thoi-su/mot-bai-rat-dai-ve-mot-con-duong';
    const segments = [
      { kind: 'text' as const, text: 'Tin: ' },
      { kind: 'link' as const, text: url, url },
    ];
    expect(postLength(segments, { unit: 'graphemes', linkLength: 23 })).toBe(28);
    expect(postLength(segments, { unit: 'graphemes', linkLength: null })).toBe(5 + url.length);
  });
});

describe('hashtags', () => {
  it.each([
    ['giao thông', '#GiaoThông'],
    ['covid-19', '#Covid19'],
    ['kinhte', '#kinhte'],
    ['TP.HCM', '#TPHCM'],
    ['กรุงเทพ', '#กรุงเทพ'],
    ['東京', '#東京'],
    ['2026', null],
    ['!!!', null],
  ])('%s is %s', (tag, made) => {
    expect(hashtag(tag)).toBe(made);
  });

  it('come once each and not too many', () => {
    expect(hashtagsOf(['Lũ lụt', 'lũ lụt', 'mưa', 'gió'], 2)).toEqual(['#LũLụt', '#mưa']);
  });
});

describe('safe text', () => {
  it('keeps the joiners that scripts and emoji need, and no others', () => {
    const text = 'می\u200Cخواهم 👩\u200D👧';
    expect(safeText(text)).toBe(text);
    expect(safeText('pay\u200Cpal\u200D.com')).toBe('paypal.com');
  });
});

describe('which articles', () => {
  const article = { section: 'Thời sự', tags: ['Giao thông', 'nội bộ'], language: 'vi-VN', sourceId: 'portal' };

  it('match by any value of each list, whatever the case or form', () => {
    expect(matches(null, article)).toBe(true);
    expect(matches({ section: ['thời sự'.normalize('NFD')], tag: ['x', 'giao thông'] }, article)).toBe(true);
    expect(matches({ language: ['vi'], source: ['portal'] }, article)).toBe(true);
    expect(matches({ language: ['v'] }, article)).toBe(false);
    expect(matches({ section: ['Thời sự'], not: { tag: ['nội bộ'] } }, article)).toBe(false);
    expect(matches({ section: ['Thể thao'] }, { ...article, section: null })).toBe(false);
  });
});

describe('what an answer says', () => {
  it.each([
    [429, 'notSent'],
    [302, 'notSent'],
    [401, 'permanent'],
    [403, 'permanent'],
    [400, 'permanent'],
    [422, 'permanent'],
    [408, 'ambiguous'],
    [409, 'ambiguous'],
    [500, 'ambiguous'],
    [504, 'ambiguous'],
    [200, 'ambiguous'],
  ])('%i: %s', (status, kind) => {
    expect(resultOfAnswer({ status, headers: {} }, 0).kind).toBe(kind);
  });

  it('says when to come back', () => {
    expect(resultOfAnswer({ status: 503, headers: { 'retry-after': '7' } }, 1000)).toMatchObject({ retryAt: 8000 });
  });

  it.each([
    [new HttpFailure('dns', 'no such host', { sent: false }), 'notSent'],
    [new HttpFailure('reset', 'broke', { sent: true }), 'ambiguous'],
    [new HttpFailure('blocked', 'private address', { sent: false }), 'permanent'],
    [new TypeError('a bug'), 'ambiguous'],
  ])('%s: %s', (error, kind) => {
    expect(resultOfFailure(error).kind).toBe(kind);
  });

  it('is never in doubt before anything could be seen', () => {
    expect(new NotPrepared({ kind: 'ambiguous', reason: 'upload broke' }).result.kind).toBe('notSent');
  });
});

describe('secrets', () => {
  it('are found by their names and masked, encoded too', () => {
    const secrets = secretsIn({ baseUrl: 'https://a.example', accessToken: 'to/ken+1', headers: { x: 'header-1' } });
    expect(secrets).toEqual(['to/ken+1', 'header-1']);
    expect(mask('GET /to/ken+1?t=to%2Fken%2B1 x: header-1', secrets)).toBe('GET /***?t=*** x: ***');
  });
});
