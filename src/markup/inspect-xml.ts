import { Parser } from 'htmlparser2';
import { deepestFeed, mostEntries, mostParts } from '#src/markup/feed-limits.ts';

export interface Inspection {
  /** Why the document is refused; null: it is not. */
  refused: string | null;
  /** Ids of its tombstones. */
  deleted: string[];
  /** How many entries begin in it. */
  entries: number;
  skipHours: number[];
  skipDays: number[];
}

const days = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** One tolerant walk before the real parser, whose work and memory it bounds. */
export function inspectXml(xml: string): Inspection {
  const found: Inspection = { refused: null, deleted: [], entries: 0, skipHours: [], skipDays: [] };
  let depth = 0;
  let parts = 0;
  let skipped: string | null = null;
  const refuse = (reason: string): void => {
    found.refused ??= reason;
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
        countPart();
        if (++depth > deepestFeed) refuse(`it is nested deeper than ${deepestFeed} levels`);
        const local = name.slice(name.indexOf(':') + 1).toLowerCase();
        if ((local === 'item' || local === 'entry') && ++found.entries > mostEntries)
          refuse(`it has more than ${mostEntries} entries`);
        else if (local === 'deleted-entry' && attributes['ref']) found.deleted.push(attributes['ref']);
        else if (local === 'hour' || local === 'day') skipped = '';
      },
      ontext(text) {
        if (skipped !== null) skipped += text;
      },
      onclosetag(name) {
        depth--;
        if (skipped === null) return;
        const text = skipped.trim().toLowerCase();
        const hour = /^(?:\d|1\d|2[0-4])$/.test(text) ? Number(text) % 24 : -1;
        if (/hour$/i.test(name) && hour >= 0) found.skipHours.push(hour);
        if (/day$/i.test(name) && days.includes(text)) found.skipDays.push(days.indexOf(text));
        skipped = null;
      },
    },
    { xmlMode: true },
  );
  parser.write(xml);
  if (!found.refused) parser.end();
  return found;
}
