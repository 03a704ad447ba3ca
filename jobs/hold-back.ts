/** Many stories at once under new ids, or many new ones: what waits for a person, and the alert that says so. */
import type { Deps } from '#jobs/deps.ts';
import { articleOf, judgePoll, type KnownRefs, refClues } from '#src/core/poll-verdict.ts';
import type { ArticleRef } from '#src/core/signal.ts';
import type { Hold, Reading } from '#src/stores/sources.ts';

type HoldDeps = Pick<Deps, 'ledger' | 'settings' | 'alerts'>;

/** Below it no poll can be a shift; also for `guards.burst`. */
const fewest = 5;

/** References looked up at once: a query holds everybody else up. */
const slice = 500;

/** Which of a poll's references wait, and for what. Not asked of a source's first poll: all of that is baseline. */
export async function holdsFor(
  sourceId: string,
  refs: readonly ArticleRef[],
  { ledger, settings }: HoldDeps,
): Promise<ReadonlyMap<string, Hold>> {
  if (refs.length === 0) return new Map();
  const { burst } = settings.guards;
  const shiftIsOpen = await isShifting(sourceId, ledger);
  if (!shiftIsOpen && refs.length < fewest && refs.length <= burst) return new Map();
  return judgePoll(refs, await knownRefs(sourceId, refs, ledger), { burst, shiftIsOpen }).holds;
}

export async function knownRefs(
  sourceId: string,
  refs: readonly ArticleRef[],
  ledger: HoldDeps['ledger'],
): Promise<KnownRefs> {
  const all = { ids: new Set<string>(), byAddress: new Map<string, string>(), byTitle: new Map<string, string>() };
  for (let at = 0; at < refs.length; at += slice) {
    const part = refs.slice(at, at + slice);
    const clues = part.map(refClues);
    const { ids, byAddress, byTitle } = await ledger.holds.known(sourceId, {
      externalIds: part.map(({ externalId }) => externalId),
      addresses: clues.flatMap(({ address }) => address ?? []),
      titles: clues.flatMap(({ title }) => title ?? []),
    });
    for (const id of ids) all.ids.add(id);
    for (const [address, article] of byAddress) all.byAddress.set(address, article);
    for (const [title, article] of byTitle) all.byTitle.set(title, article);
  }
  return all;
}

/** Its ids have changed and nobody has said yet what they mean: nothing of it is taken back for being gone. */
export async function isShifting(sourceId: string, { holds }: HoldDeps['ledger']): Promise<boolean> {
  return (await holds.counts()).some((one) => one.sourceId === sourceId && one.hold === 'shift');
}

/** A worker may have ended between holding something and saying so. Whoever was told is not told again. */
export async function tellForgottenHolds(deps: HoldDeps): Promise<void> {
  const { holds, alerts } = deps.ledger;
  const held = (await holds.counts()).map(({ sourceId, hold }) => `source-${sourceId}-${hold}`);
  const open = (await alerts.open()).map(({ cause }) => cause).filter((cause) => holdAlert.test(cause));
  const untold = held.filter((cause) => !open.includes(cause));
  const over = open.filter((cause) => !held.includes(cause));
  const sources = new Set([...untold, ...over].map((cause) => holdAlert.exec(cause)![1]!));
  for (const sourceId of sources) await tellHolds(sourceId, deps);
}

const holdAlert = /^source-(.+)-(?:shift|burst)$/;

/** Raises or ends both alerts by what is held now. */
export async function tellHolds(sourceId: string, { ledger, alerts }: HoldDeps): Promise<void> {
  await tellShift(sourceId, await ledger.holds.list(sourceId, 'shift'), { ledger, alerts });
  const counts = await ledger.holds.counts();
  const burst = counts.find((one) => one.sourceId === sourceId && one.hold === 'burst')?.count ?? 0;
  const cause = `source-${sourceId}-burst`;
  if (burst === 0) return alerts.resolve(cause);
  alerts.raise({
    cause,
    message: `Source ${sourceId}: ${counted(burst, 'new article')} at once. They are in the feeds; their posts wait for a person.`,
    next: `To post none of them: loa source seen ${sourceId}. Only the newest 3: loa source newest ${sourceId} 3. All, at the pace of each channel: loa source drip ${sourceId}`,
  });
}

async function tellShift(
  sourceId: string,
  held: readonly Reading[],
  { ledger, alerts }: Pick<HoldDeps, 'ledger' | 'alerts'>,
): Promise<void> {
  const cause = `source-${sourceId}-shift`;
  const refs = held.map(({ ref }) => ref).filter(({ sign }) => sign === 'changed');
  if (refs.length === 0) return alerts.resolve(cause);
  const known = await knownRefs(sourceId, refs, ledger);
  const renamed = refs.filter((ref) => articleOf(ref, known) !== null).length;
  alerts.raise({
    cause,
    message: `Source ${sourceId}: ${renamed === 1 ? '1 story' : `${renamed} stories`} renamed, ${refs.length - renamed} really new. Nothing new of it is read or posted until a person decides; the feeds stay as they are.`,
    next: `To join the new ids to the stories they mean, and go on with the really new ones: loa source fold ${sourceId}`,
  });
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
