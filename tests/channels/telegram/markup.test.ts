import fc from 'fast-check';
import { expect, test } from 'vitest';
import { remoteOf } from '#src/channels/telegram/address.ts';
import { htmlOf, richHtmlOf } from '#src/channels/telegram/markup.ts';
import { postPhoto } from '#tests/fakes/illustrated.ts';
import { parseTelegramHtml } from '#tests/fakes/telegram-html.ts';

const hostile = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '<b>',
    '</a>',
    '&amp;',
    '&#60;',
    '"><b>',
    '<a href="x">',
    '&nbsp;',
    '<',
    '&',
    'Đắk Lắk'.normalize('NFD'),
  ),
);
const text = fc.array(hostile, { maxLength: 12 }).map((pieces) => pieces.join(''));

test('whatever a text holds, readers see it as it is and no markup of its own', () => {
  fc.assert(
    fc.property(text, text, text, (before, label, address) => {
      const url = `https://bao.example/${address}`;
      const html = htmlOf([
        { kind: 'text', text: before },
        { kind: 'link', text: label, url },
      ]);
      expect(parseTelegramHtml(html)).toEqual({ text: before.normalize('NFC') + label.normalize('NFC'), links: [url] });
    }),
    { numRuns: 300 },
  );
});

test('a rich message holds each paragraph, and each photo with its words', () => {
  fc.assert(
    fc.property(text, text, text, (words, caption, credit) => {
      const photos = [postPhoto('cau', { caption, credit })];
      const html = richHtmlOf([{ kind: 'text', text: `${words}\n\nhết` }], photos);
      const { text: seen } = parseTelegramHtml(html, true);
      expect(seen).toContain('hết');
      expect(html).toContain('<img src="tg://photo?id=p0"/>');
    }),
  );
});

test('only messages with ids are messages, and none has an address that nobody gave', () => {
  for (const odd of [null, true, {}, [], 'x', [{ message_id: 1 }, null], { message_id: '7' }, { message_id: -1 }]) {
    expect(remoteOf(odd)).toBeNull();
  }
  expect(remoteOf({ message_id: 7 })).toEqual({ id: '7', url: null });
  expect(remoteOf({ message_id: 7, chat: { id: -100123 } })).toEqual({ id: '7', url: 'https://t.me/c/123/7' });
  expect(remoteOf({ message_id: 7, chat: { id: -45, username: 'a/b' } })).toEqual({ id: '7', url: null });
});
