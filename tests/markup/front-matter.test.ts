import { describe, expect, it } from 'vitest';
import { readFrontMatter } from '#src/markup/front-matter.ts';

describe('front matter', () => {
  it('is what stands between the hyphens; dates stay as written', () => {
    expect(readFrontMatter('---\r\ntitle: Cầu mới\r\ndate: 2026-11-29\r\n---\r\nChữ\n---\nnữa', 'a.md')).toEqual({
      fields: { title: 'Cầu mới', date: '2026-11-29' },
      body: 'Chữ\n---\nnữa',
    });
  });

  it('need not be there', () => {
    expect(readFrontMatter('Chữ --- thôi', 'a.md')).toEqual({ fields: {}, body: 'Chữ --- thôi' });
  });

  it.each([
    ['---\ntitle: a\ntitle: b\n---\n', /^a\.md, line 3: /],
    ['---\nlead: "x\n---\n', /^a\.md, line [23]: /],
    ['---\n- a\n---\n', /^a\.md, line 2: .*"key: value"/],
    ['---\ntitle: a', /^a\.md, line 1: .*no end/],
  ])('that is wrong is named with its line: %j', (text, message) => {
    expect(() => readFrontMatter(text, 'a.md')).toThrow(message);
  });
});
