import type { ConfiguredSource, Deps } from '#jobs/deps.ts';
import { chanceOf } from '#src/core/chance.ts';
import { messageOf, UserError } from '#src/core/errors.ts';
import { nextPollAfterFailure, pollInterval } from '#src/core/poll-interval.ts';
import { formatTime } from '#src/core/time.ts';
import { siteTest } from '#src/sources/same-site.ts';
import type { SourceState } from '#src/stores/sources.ts';

/** Writes down why a source could not be polled, tells whoever can mend it, and gives when it is asked again. */
export async function recordPollFailure(
  error: unknown,
  { settings, source }: ConfiguredSource,
  state: SourceState,
  deps: Deps,
): Promise<number> {
  const { id } = settings;
  const { site } = deps.settings;
  const now = deps.clock.now();
  const nextPollAt = nextPollAfterFailure(pollInterval(settings.poll, source), now, state.failures, {
    notBefore: retryAtOf(error),
    own: await isOwn(settings.settings, site.url),
    chance: chanceOf(`${id} ${now}`),
  });
  const message = messageOf(error);
  deps.journal.note({ kind: 'poll', sourceId: id, outcome: 'failed' });
  await deps.ledger.sources.recordPollFailure({ sourceId: id, error: message, now, nextPollAt });

  const told = `Source ${id} (${source.describe(settings.settings)}) cannot be read: ${message}`;
  const again = `It is asked again at ${formatTime(nextPollAt, site.timezone)}.`;
  const { next, quietFor } = error instanceof UserError ? error : { next: null, quietFor: 0 };
  // What has never worked does not pass by itself.
  const failingFor = state.lastSuccessAt === null ? Number.POSITIVE_INFINITY : now - state.lastSuccessAt;
  if (failingFor < quietFor) {
    deps.log.warn(`${told}. ${again}`, { sourceId: id });
    return nextPollAt;
  }
  const advice = next ?? 'Open the address yourself; if it has moved, change it in the settings.';
  deps.alerts.raise({ cause: `source-${id}`, message: told, next: `${again} ${advice}` });
  return nextPollAt;
}

/** Of a folder or a push there is no address, and nobody to be spared. */
async function isOwn(settings: unknown, siteUrl: string): Promise<boolean> {
  const { url } = settings as { url?: string };
  return url === undefined || (await siteTest(siteUrl))(url);
}

function retryAtOf(error: unknown): number | null {
  const at = (error as { retryAt?: unknown } | null)?.retryAt;
  return typeof at === 'number' ? at : null;
}
