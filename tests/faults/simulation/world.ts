/** Virtual time: one thing happens after the other, and nothing waits for real. */
import { setImmediate } from 'node:timers/promises';
import type { Dice } from '#tests/faults/simulation/dice.ts';

export interface World {
  dice: Dice;
  /** True time, milliseconds; what a machine's wall clock says may differ by `wallOffset`. */
  readonly now: number;
  wallOffset: number;
  /** It has not always gone as the time does. */
  hasJumped: boolean;
  /** While it is on, things go wrong. */
  faults: boolean;
  /** When the last thing went wrong that holds everything up: times are counted from here on. */
  lastBlow: number;
  /** Something failed that no fault explains. */
  failure: unknown;
  /** `action` happens `delay` milliseconds from now; what it awaits is over before anything else happens. */
  after(delay: number, action: () => unknown): void;
  /** One line of the story of this run; made only when somebody listens. */
  tell(line: () => string): void;
  /** Until nothing is left to happen, or `ended` says so. */
  run(ended: () => boolean): Promise<void>;
}

export const start = Date.UTC(2026, 10, 25, 8);

interface Happening {
  at: number;
  /** Among those of one moment. */
  order: number;
  action: () => unknown;
}

export function createWorld(dice: Dice, story: string[] | null): World {
  const pending: Happening[] = [];
  let now = start;

  const world: World = {
    dice,
    get now() {
      return now;
    },
    wallOffset: 0,
    hasJumped: false,
    faults: true,
    lastBlow: start,
    failure: null,
    after(delay, action) {
      insert(pending, { at: now + Math.max(0, Math.round(delay)), order: dice.next(), action });
    },
    tell(line) {
      story?.push(`${((now - start) / 1000).toFixed(3).padStart(10)} s  ${line()}`);
    },
    async run(ended) {
      while (!ended() && !world.failure) {
        const next = pending.pop();
        if (!next) return;
        now = next.at;
        await next.action();
        // What it set going runs on until all of it waits for its time again.
        await setImmediate();
        await setImmediate();
      }
    },
  };
  return world;
}

/** Kept with the earliest last. */
function insert(pending: Happening[], added: Happening): void {
  let [low, high] = [0, pending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isLater(pending[middle]!, added)) low = middle + 1;
    else high = middle;
  }
  pending.splice(low, 0, added);
}

function isLater(a: Happening, b: Happening): boolean {
  return a.at > b.at || (a.at === b.at && a.order > b.order);
}
