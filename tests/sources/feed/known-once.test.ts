import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ParsedEntry, ParsedFeed } from '#src/markup/parsed-feed.ts';
import { type Changes, findChanges, findNews } from '#src/sources/feed/changes.ts';
import type { Known } from '#src/sources/feed/cursor.ts';

function entry(n: number, edit = 0): ParsedEntry {
  return {
    id: `t${n}`,
    url: `https://bao.example/${n}`,
    title: `Tin ${n}, bản ${edit}`,
    summaryHtml: null,
    contentHtml: null,
    authors: [],
    categories: [],
    publishedAt: new Date(Date.UTC(2026, 10, 1) + n * 60_000).toISOString(),
    updatedAt: null,
    photos: [],
    attachments: [],
  };
}

const feed = (entries: ParsedEntry[]): ParsedFeed => ({
  title: null,
  language: null,
  entries,
  deleted: [],
  hubs: [],
  self: null,
  pace: { atLeast: null, skipHours: [], skipDays: [] },
  form: 'sound',
  tooLong: 0,
});

/** A newsroom publishes and edits; now a poll sees the newest ten, now a hub tells of some. */
const step = fc.record({
  publish: fc.integer({ min: 0, max: 4 }),
  edit: fc.option(fc.nat(9), { nil: null }),
  told: fc.option(fc.subarray([0, 1, 2, 3, 4]), { nil: null }),
});

it('every version that is seen is told of once, by a poll or by a hub, and nothing is taken for gone', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const edits = new Map<number, number>();
      let count = 12;
      let known: Known | null = null;
      const told: string[] = [];
      const newest = () => Array.from({ length: 10 }, (_, at) => count - 1 - at).map((n) => entry(n, edits.get(n)));
      const seen = new Set<string>();
      for (const { publish, edit, told: part } of [{ publish: 0, edit: null, told: null }, ...steps]) {
        count += publish;
        if (edit !== null) edits.set(count - 1 - edit, (edits.get(count - 1 - edit) ?? 0) + 1);
        const listed = newest();
        const shown = part === null || known === null ? listed : part.map((at) => listed[at]!);
        for (const one of shown) seen.add(`${one.id} ${one.title}`);
        const changes: Changes =
          known !== null && part !== null
            ? findNews(feed(shown), known, 'UTC')
            : findChanges(feed(shown), known, 'UTC');
        known = changes.entries;
        for (const { externalId, title, sign } of changes.refs) {
          expect(sign).toBe('changed');
          told.push(`${externalId} ${title}`);
        }
      }
      expect(told.toSorted()).toEqual([...seen].toSorted());
    }),
  );
});
