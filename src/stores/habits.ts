/** What each source's articles always were. */
import type { Habits } from '#src/core/habits.ts';

export interface HabitStore {
  /** Nobody else's change falls between reading and writing; `change` may be asked more than once. Gives what stands then. */
  change(sourceId: string, change: (habits: Habits) => Habits): Promise<Habits>;
}
