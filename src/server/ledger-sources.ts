/** How the configured sources stand: the document of `/api/v1/sources` and of `loa source list`. */
import type { Settings } from '#src/core/settings.ts';
import type { Ledger } from '#src/stores/ledger.ts';

export interface SourceView {
  id: string;
  kind: string;
  /** Its address or folder. */
  place: string | null;
  state: 'good' | 'failing' | 'never polled';
  /** ISO 8601. */
  lastPollAt: string | null;
  nextPollAt: string | null;
  articles: number;
  /** In a row, and why. */
  failures: number;
  error: string | null;
  /** References that wait for a person: ids that changed, articles that came at once. */
  held: { shift: number; burst: number };
}

/** In the settings' order. */
export async function viewSources(
  ledger: Pick<Ledger, 'sources' | 'holds' | 'figures'>,
  { sources }: Pick<Settings, 'sources'>,
): Promise<{ sources: SourceView[] }> {
  const states = new Map((await ledger.sources.all()).map((state) => [state.sourceId, state]));
  const counts = new Map((await ledger.figures.sources()).map(({ sourceId, articles }) => [sourceId, articles]));
  const holds = await ledger.holds.counts();
  const held = (id: string, hold: 'shift' | 'burst') =>
    holds.find((one) => one.sourceId === id && one.hold === hold)?.count ?? 0;
  return {
    sources: sources.map(({ id, kind, settings }) => {
      const state = states.get(id);
      const { failures = 0, lastError = null, lastPollAt = null } = state ?? {};
      return {
        id,
        kind,
        place: placeOf(settings),
        state: failures > 0 ? 'failing' : lastPollAt === null ? 'never polled' : 'good',
        lastPollAt: iso(lastPollAt),
        nextPollAt: iso(state?.nextPollAt ?? null),
        articles: counts.get(id) ?? 0,
        failures,
        error: lastError,
        held: { shift: held(id, 'shift'), burst: held(id, 'burst') },
      };
    }),
  };
}

function placeOf(settings: unknown): string | null {
  const { url, path } = settings as { url?: unknown; path?: unknown };
  const place = url ?? path;
  return typeof place === 'string' ? place : null;
}

/** Times beyond the calendar stand for never. */
function iso(at: number | null): string | null {
  return at === null || at > Date.UTC(9000, 0) ? null : new Date(at).toISOString();
}
