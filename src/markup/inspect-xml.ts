import { Parser } from 'htmlparser2';
import { deepestFeed, longestText, mostEntries, mostParts } from '#src/markup/feed-limits.ts';

/** One tolerant walk before the real parser: why the document is refused (null: it is not), and its tombstones. */
export function inspectXml(xml: string): { refused: string | null; deleted: string[] } {
  const deleted: string[] = [];
  let refused: string | null = null;
  let depth = 0;
  let entries = 0;
  let parts = 0;
  let length = 0;
  const refuse = (reason: string): void => {
    refused ??= reason;
    parser.pause();
  };
  const countPart = (): void => {
    if (++parts > mostParts) refuse(`it has more than ${mostParts} elements and attributes`);
  };
  const parser = new Parser(
    {
      onprocessinginstruction(name) {
        // Entities can be declared there: a few bytes that grow to gigabytes, or read files.
        if (/^!doctype/i.test(name)) refuse('it has a DOCTYPE, which feeds do without; no document with one is read');
      },
      onattribute: countPart,
      onopentag(name, attributes) {
        length = 0;
        countPart();
        if (++depth > deepestFeed) refuse(`it is nested deeper than ${deepestFeed} levels`);
        if ((name === 'item' || name === 'entry') && ++entries > mostEntries)
          refuse(`it has more than ${mostEntries} entries`);
        if (/^(?:\w+:)?deleted-entry$/.test(name) && attributes['ref']) deleted.push(attributes['ref']);
      },
      ontext(text) {
        length += text.length;
        if (length > longestText) refuse('one of its texts is longer than a million characters');
      },
      onclosetag() {
        depth--;
        length = 0;
      },
    },
    { xmlMode: true },
  );
  parser.write(xml);
  if (!refused) parser.end();
  return { refused, deleted };
}
