import { describe, expect, it } from 'vitest';
import { baseOf, parseFragment, parsePage, selectAll, textOf } from '#src/markup/html.ts';
import { absoluteUrl } from '#src/markup/html-text.ts';
import { limitMarkup } from '#src/markup/limits.ts';

describe('parsePage', () => {
  it('makes the page’s own base absolute', () => {
    expect(baseOf(parsePage('<html><head><base href="/tin/"></head></html>', 'https://bao.example/a/b'))).toBe(
      'https://bao.example/tin/',
    );
    expect(baseOf(parsePage('<p>x', 'https://bao.example/a/b'))).toBe('https://bao.example/a/b');
    expect(baseOf(parsePage('<p>x', null))).toBeNull();
  });

  it('takes a page without the usual frame', () => {
    expect(textOf(parsePage('<p>một<p>hai', null).body)).toBe('một hai ');
  });
});

it('absoluteUrl gives web and mail addresses only', () => {
  const base = 'https://bao.example/tin/';
  expect(absoluteUrl('1.jpg', base)).toBe('https://bao.example/tin/1.jpg');
  expect(absoluteUrl('//anh.example/1.jpg', base)).toBe('https://anh.example/1.jpg');
  expect(absoluteUrl('mailto:a@bao.example', base)).toBe('mailto:a@bao.example');
  for (const bad of ['javascript:alert(1)', 'data:,x', '', null, 'ftp://x.example/'])
    expect(absoluteUrl(bad, base)).toBeNull();
  expect(absoluteUrl('1.jpg', null)).toBeNull();
});

it('selectAll passes over what is no selector', () => {
  const body = parseFragment('<p>một</p><b>hai</b>', null);
  expect(selectAll(body, 'p[', 'b').map((element) => element.localName)).toEqual(['b']);
});

describe('limitMarkup', () => {
  it('leaves ordinary pages alone', () => {
    const html = `<!-- <div> --><ul>${'<li><p>một'.repeat(500)}</ul><script>"<div>".repeat(9)</script>${'<div>x</div>'.repeat(500)}`;
    expect(limitMarkup(html)).toBe(html);
  });

  it('drops what is nested beyond reason and keeps the text', () => {
    const limited = limitMarkup(`${'<div>'.repeat(1000)}chữ${'</div>'.repeat(1000)}<p>sau</p>`);
    expect(limited.match(/<div>/g)).toHaveLength(128);
    expect(limited.match(/<\/div>/g)).toHaveLength(128);
    expect(limited).toContain('chữ');
    expect(limited).toContain('<p>sau</p>');
  });
});
