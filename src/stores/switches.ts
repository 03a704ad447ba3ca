/** The global stop, and who used it. */
import type { Stop } from '#src/core/stop.ts';

export interface SwitchStore {
  /** Null while posts go out. */
  stopped(): Promise<Stop | null>;
  /** Durable. Gives the stop that is on: an earlier one stays as it is. */
  stop(stop: { by: string; reason: string | null; now: number }): Promise<Stop>;
  /**
   * Durable; gives what it ended, null when nothing was stopped. In the same transaction what waited is due at once,
   * and the time it was stopped does not age it.
   */
  resume(resume: { by: string; now: number }): Promise<Stop | null>;
}
