/** The kill switch: in the ledger for all machines, and in a file for this one, which works without the ledger. */
import type { Deps } from '#jobs/deps.ts';
import type { StopNotice } from '#src/core/decisions.ts';
import { messageOf, UserError } from '#src/core/errors.ts';
import type { Stop } from '#src/core/stop.ts';

type StopDeps = Pick<Deps, 'ledger' | 'clock' | 'stopFile'>;

/** A ledger that does not answer is not waited for any longer. Milliseconds. */
const longest = 5000;

/** Gives the stop that is on, also when it was before. Throws when neither file nor ledger took it. */
export async function stopPosting(
  { by, reason }: Pick<Stop, 'by' | 'reason'>,
  { ledger, clock, stopFile }: StopDeps,
): Promise<StopNotice> {
  const now = clock.now();
  const stop = (await stopFile.read()) ?? { since: now, by, reason };
  const unwritten = await stopFile.write({ ...stop, inLedger: false }).then(
    () => null,
    (error: unknown) => messageOf(error),
  );
  try {
    const kept = await answered(ledger.switches.stop({ by: stop.by, reason: stop.reason, now }), clock);
    if (unwritten !== null) return { ...kept, note: `data/stopped could not be written: ${unwritten}` };
    await stopFile.write({ ...kept, inLedger: true });
    return kept;
  } catch (error) {
    if (unwritten !== null) throw error;
    return { ...stop, note: onlyHere(messageOf(error)) };
  }
}

export function onlyHere(why: string): string {
  return `the database did not take it (${why}): it holds by data/stopped on this machine, on others once the database is back`;
}

/** Gives what it ended; null when nothing was stopped. Throws a `UserError` when the ledger is away: then all stays stopped. */
export async function resumePosting(by: string, { ledger, clock, stopFile }: StopDeps): Promise<Stop | null> {
  const before = await stopFile.read();
  // Before the ledger: a watch that finds the file beside a ledger that is not stopped would stop it again.
  if (before) await stopFile.remove();
  try {
    return (await answered(ledger.switches.resume({ by, now: clock.now() }), clock)) ?? before;
  } catch (error) {
    if (before) await stopFile.write(before);
    throw new UserError(`Posting stays stopped: the database did not answer (${messageOf(error)}).`, {
      next: 'Try again when it is back.',
      cause: error,
    });
  }
}

async function answered<T>(answer: Promise<T>, clock: Deps['clock']): Promise<T> {
  const over = new AbortController();
  const late = clock.sleep(longest, over.signal).then(() => {
    throw new Error(`no answer within ${longest / 1000} s`);
  });
  // Whichever comes second is nobody's any more.
  late.catch(() => {});
  answer.catch(() => {});
  try {
    return await Promise.race([answer, late]);
  } finally {
    over.abort(new Error('answered'));
  }
}
