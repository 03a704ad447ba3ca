import fc from 'fast-check';
import { expect, test } from 'vitest';
import { html, linkTo } from '#src/console/html.ts';

test('whatever is put into a template can neither open an element nor leave an attribute', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const { markup } = html`<p title="${text}">${text}</p>`;
      const [, attribute = '', content = ''] = /^<p title="(.*)">(.*)<\/p>$/s.exec(markup)!;
      expect(attribute + content).not.toMatch(/[<>"']/);
    }),
  );
});

test('templates go into templates as they are; null and false leave nothing', () => {
  const parts = [html`<b>${'a & b'}</b>`, html`<i>${1}</i>`];
  expect(html`<p>${parts}${null}${false}${''}</p>`.markup).toBe('<p><b>a &amp; b</b><i>1</i></p>');
});

test.each([
  ['https://bao.example/đường', 'https://bao.example/%C4%91%C6%B0%E1%BB%9Dng'],
  ['javascript:alert(1)', null],
  ['data:text/html,x', null],
  ['//bao.example', null],
  [null, null],
])('the address %s becomes the link %s', (address, link) => {
  expect(linkTo(address)).toBe(link);
});
