import type { Deps } from '#jobs/deps.ts';
import { pollAtOnce, takeTold } from '#jobs/take-told.ts';
import type { Ingest, IngestAnswer } from '#src/core/ingest.ts';
import type { Recorded } from '#src/stores/sources.ts';

/** A sender waits for its answer; a ledger that says nothing for this long is away. Milliseconds. */
const patience = 10_000;

/** Signed requests to the sources that take them. */
export function createIngest(deps: Deps): Ingest {
  return {
    takes: (sourceId) => deps.sources.get(sourceId)?.source.receive !== undefined,
    take: (sourceId, request) => takePush(sourceId, request, deps),
  };
}

async function takePush(
  sourceId: string,
  { headers, body, from }: Parameters<Ingest['take']>[1],
  deps: Deps,
): Promise<IngestAnswer> {
  const { source, settings } = deps.sources.get(sourceId)!;
  const now = deps.clock.now();
  const received = source.receive!({ headers, body, now }, settings.settings);
  if (received.kind === 'refused') {
    deps.journal.note({ kind: 'push', sourceId, via: 'ingest', outcome: 'refused' });
    deps.log.warn(`${sourceId}: a request to /ingest/${sourceId} was refused: ${received.reason}`, { sourceId, from });
    if (received.status === 401) return { kind: 'unsigned' };
    return { kind: 'refused', reason: received.reason, next: received.next ?? null };
  }
  const { refs, messageId, poll } = received;
  const recorded = await inTime(takeTold({ sourceId, refs, messageId, now }, deps), deps);
  const repeated = recorded.kind !== 'taken';
  deps.journal.note({ kind: 'push', sourceId, via: 'ingest', outcome: repeated ? 'repeated' : 'taken' });
  if (repeated) return { kind: 'taken', articles: 0, repeated };
  if (poll) await pollAtOnce(sourceId, deps);
  return { kind: 'taken', articles: refs.length, repeated };
}

async function inTime(recording: Promise<Recorded>, { clock }: Deps): Promise<Recorded> {
  const over = new AbortController();
  const late = clock.sleep(patience, over.signal).then(() => {
    throw new Error(`the ledger did not answer within ${patience / 1000} seconds`);
  });
  try {
    return await Promise.race([recording, late]);
  } finally {
    over.abort();
    late.catch(() => {});
    recording.catch(() => {});
  }
}
