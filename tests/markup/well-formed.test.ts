import { expect, test } from 'vitest';
import { assertWellFormed } from '#src/markup/well-formed.ts';

test.each([
  ['<a><b></a>', /1:\d+/],
  ['<a>&nbsp;</a>', /1:\d+/],
  ['<a>\n\u0001</a>', /2:\d+/],
  ['<a x="1" x="2"/>', /1:\d+/],
  ['<a><x:b/></a>', /unbound namespace prefix/],
  ['', /document must contain a root element/],
])('%j is refused with the place', (xml, message) => {
  expect(() => assertWellFormed(xml)).toThrow(message);
});

test('a document with namespaces passes', () => {
  assertWellFormed('<?xml version="1.0" encoding="UTF-8"?><a xmlns:x="urn:x"><x:b y="&quot;">Đường ]] &gt;</x:b></a>');
});
