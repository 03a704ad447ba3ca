import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clean, fold, indexKey, parseTime, toJson } from '#src/stores/postgres/values.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 40 });

describe('values for the database', () => {
  it('are texts that PostgreSQL takes, unchanged where it takes them already', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const cleaned = clean(text);
        expect(cleaned).not.toContain('\0');
        expect(cleaned.isWellFormed()).toBe(true);
        if (text.isWellFormed() && !text.includes('\0')) expect(cleaned).toBe(text);
      }),
    );
    expect(clean('Đồng\0 Tháp \ud83d')).toBe('Đồng Tháp \ufffd');
  });

  it('are JSON without U+0000 in values and names, the same otherwise', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(toJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
    expect(JSON.parse(toJson({ 'a\0': ['x\0', { b: '\\u0000' }], c: null }))).toEqual({
      a: ['x', { b: '\\u0000' }],
      c: null,
    });
    expect(toJson(undefined)).toBe('null');
  });

  it('are index keys of bounded length, different for different texts', () => {
    const long = 'https://bao.example/tin/'.repeat(300);
    expect(indexKey('tin-1')).toBe('tin-1');
    expect(indexKey(long)).toMatch(/^sha256-[0-9a-f]{64}$/);
    expect(indexKey(long)).not.toBe(indexKey(`${long}?`));
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 2000 }), (text) => {
        expect(Buffer.byteLength(indexKey(text))).toBeLessThanOrEqual(500);
      }),
    );
  });

  it('compare names without regard to case and Unicode form', () => {
    expect(fold(' THỜI SỰ '.normalize('NFD'))).toBe(fold('Thời sự'));
    expect(fold('Sức khỏe')).not.toBe(fold('Sức khoẻ mới'));
  });

  it('are times only where the text is one', () => {
    expect(parseTime('2026-11-25T15:00:00+07:00')).toBe(Date.UTC(2026, 10, 25, 8));
    expect(parseTime('hôm qua')).toBeNull();
    expect(parseTime(null)).toBeNull();
  });
});
