/** Rendered entries from one build to the next: the newest of each feed's last build, and nothing else. */
import type { RenderedEntries, RenderedEntry } from '#src/feeds/render-entries.ts';

export interface EntryCache {
  /** Of the last build under that name. */
  entries(name: string): RenderedEntries;
  /** In place of what was there; those for which there is no room are rendered again next time. */
  keep(name: string, entries: RenderedEntries): void;
}

/** Holds at most `limit` bytes of entries: by default some thirty feeds of fifty long articles in three formats. */
export function createEntryCache(limit = 64 * 2 ** 20): EntryCache {
  const held = new Map<string, { entries: RenderedEntries; bytes: number }>();
  return {
    entries: (name) => held.get(name)?.entries ?? new Map(),
    keep(name, entries) {
      held.delete(name);
      const room = [...held.values()].reduce((left, { bytes }) => left - bytes, limit);
      held.set(name, thoseThatFit(entries, room));
    },
  };
}

function thoseThatFit(entries: RenderedEntries, room: number): { entries: RenderedEntries; bytes: number } {
  const kept = new Map<string, RenderedEntry>();
  let bytes = 0;
  for (const [articleId, entry] of entries) {
    if (bytes + entry.bytes.length > room) break;
    bytes += entry.bytes.length;
    kept.set(articleId, entry);
  }
  return { entries: kept, bytes };
}
