/** Counts what the jobs report, and adds it to the ledger's counts from time to time. */
import type { Journal, JournalEvent } from '#src/core/tools.ts';
import type { Count, CountStore } from '#src/stores/counts.ts';

export interface Tally extends Journal {
  /** Adds what was counted since the last time. What the ledger does not take is kept. */
  flush(): Promise<void>;
}

export function createTally(store: Pick<CountStore, 'add'>): Tally {
  let counted = new Map<string, Count>();
  const count = ({ name, labels, value }: Count): void => {
    const key = `${name} ${Object.values(labels).join(' ')}`;
    counted.set(key, { name, labels, value: (counted.get(key)?.value ?? 0) + value });
  };
  return {
    note(event) {
      const one = countOf(event);
      if (one) count({ ...one, value: 1 });
    },
    async flush() {
      if (counted.size === 0) return;
      const taken = [...counted.values()];
      counted = new Map();
      try {
        await store.add(taken);
      } catch (error) {
        for (const one of taken) count(one);
        throw error;
      }
    },
  };
}

function countOf(event: JournalEvent): Omit<Count, 'value'> | null {
  switch (event.kind) {
    case 'poll':
      return { name: 'polls', labels: { source: event.sourceId, outcome: event.outcome } };
    case 'push':
      return { name: 'pushes', labels: { source: event.sourceId, via: event.via, outcome: event.outcome } };
    case 'article':
      return { name: 'revisions', labels: { change: event.revision === 1 ? 'new' : 'changed' } };
    case 'withdrawn':
      return { name: 'revisions', labels: { change: 'withdrawn' } };
    case 'photo':
      return { name: 'photos', labels: { outcome: event.failure === null ? 'rendered' : 'failed' } };
    case 'feed':
      return {
        name: 'feed_builds',
        labels: { feed: event.feedId, outcome: event.error === null ? 'built' : 'failed' },
      };
    case 'attempt':
      return { name: 'attempts', labels: { channel: event.channelId, op: event.op, result: event.result } };
    default:
      return null;
  }
}
