import fc from 'fast-check';
import { expect, test } from 'vitest';
import { multipart } from '#src/channels/multipart.ts';

const read = ({ headers, body }: ReturnType<typeof multipart>) => new Response(body, { headers }).formData();

test('a form gives back its texts and files, whatever they hold', async () => {
  const texts = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/\r\n?|\n/g, '\r\n').toWellFormed());
  await fc.assert(
    fc.asyncProperty(texts, fc.uint8Array({ maxLength: 200 }), async (text, bytes) => {
      const form = await read(
        multipart({ caption: text }, [{ field: 'p0', file: 'a/b.jpg', type: 'image/jpeg', bytes }]),
      );
      expect(form.get('caption')).toBe(text);
      const file = form.get('p0') as File;
      expect([file.name, file.type]).toEqual(['b.jpg', 'image/jpeg']);
      expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes);
    }),
    { numRuns: 50 },
  );
});

test('a file name cannot end its line', async () => {
  const file = 'x/a"\r\nContent-Type: text/html\r\n\r\n<b>.jpg';
  const form = await read(multipart({}, [{ field: 'photo', file, type: 'image/jpeg', bytes: new Uint8Array([1]) }]));
  expect([...form.keys()]).toEqual(['photo']);
  expect((form.get('photo') as File).type).toBe('image/jpeg');
});
