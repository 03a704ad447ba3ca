/** A process that may be killed or frozen before and after everything it does. */
import type { Clock } from '#src/core/tools.ts';
import type { World } from '#tests/faults/simulation/world.ts';

export interface Process {
  name: string;
  clock: Clock;
  /** Its own shutdown signal. */
  signal: AbortSignal;
  isDead(): boolean;
  isFrozen(): boolean;
  /** Frozen, or thawed only just now. */
  isStiff(): boolean;
  /** Something reaches beyond the process: it takes a moment before it takes effect, and one until its result is known. */
  call<T>(name: string, effect: () => Promise<T> | T): Promise<T>;
  /** Within the process, `delay` milliseconds from now, or when it thaws. Never once it is dead. */
  after(delay: number, name: string, action: () => unknown): void;
  /** Ends it as `kill -9` does. */
  kill(): void;
  freeze(ms: number): void;
  /** SIGTERM. */
  stop(): void;
}

export interface Fates {
  /** Of each step: how likely the process is killed, or frozen, there. */
  kill: number;
  freeze: number;
  /** A step at which the run is bent on striking, and how likely. */
  focus: { step: string; chance: number; only?: 'kills' | 'freezes' };
  /** Freezes last longer than anybody can wait. */
  long?: true;
  /** Of each call to the ledger: its connection breaks before or after it took effect. */
  cut: number;
}

/** What a run may be bent on striking at. */
export const steps = [
  ...['channel.publish', 'channel.edit', 'channel.withdraw', 'channel.reply', 'channel.find', 'channel.prepare'],
  ...['deliveries.claim', 'deliveries.claimAlone', 'deliveries.renew', 'deliveries.freezePost', 'deliveries.record'],
  ...[
    'deliveries.move',
    'channels.takeProbe',
    'channels.countFailure',
    'articles.withdraw',
    'articles.revise',
    'answer',
  ],
  'articles.markReady',
];

/** Where a death or a rest hurts most: it happens there this much more often. */
const worst: Readonly<Record<string, number>> = {
  'channel.publish': 14,
  'channel.edit': 8,
  'channel.withdraw': 8,
  'channel.reply': 8,
  'channel.find': 4,
  'channel.prepare': 3,
  'deliveries.claim': 3,
  'deliveries.record': 4,
  'deliveries.freezePost': 3,
};

export function createProcess(
  name: string,
  world: World,
  fates: Fates,
  onEnd: (how: 'killed' | 'stopped' | { frozen: number }) => void,
): Process {
  const { dice } = world;
  const stopping = new AbortController();
  let dead = false;
  let frozenUntil = 0;

  /** True when the process does not get further now. */
  function struck(step: string): boolean {
    if (!world.faults) return false;
    const weight = worst[step] ?? 1;
    const { only, chance } = fates.focus;
    const more = step === fates.focus.step ? chance / 2 : 0;
    if (dice.chance(fates.kill * weight + (only === 'freezes' ? 0 : more))) {
      world.tell(() => `${name} is killed at ${step}`);
      process.kill();
      return true;
    }
    if (dice.chance(fates.freeze * weight + (only === 'kills' ? 0 : more))) {
      const long = dice.between(240_000, 900_000);
      process.freeze(fates.long ? long : dice.pick([dice.between(1_000, 40_000), dice.between(40_000, 240_000), long]));
      world.tell(() => `${name} is frozen at ${step} for ${(frozenUntil - world.now) / 1000} s`);
      return true;
    }
    return false;
  }

  const process: Process = {
    name,
    signal: stopping.signal,
    isDead: () => dead,
    isFrozen: () => frozenUntil > world.now,
    isStiff: () => frozenUntil + 30_000 > world.now,
    after(delay, step, action) {
      const fire = async () => {
        if (dead) return;
        if (frozenUntil > world.now || (struck(step) && !dead)) {
          world.after(frozenUntil - world.now, fire);
          return;
        }
        if (!dead) await action();
      };
      world.after(delay, fire);
    },
    call<T>(step: string, effect: () => Promise<T> | T): Promise<T> {
      return new Promise((resolve, reject) => {
        process.after(moment(world), step, async () => {
          const cut =
            world.faults && isOfLedger(step) && dice.chance(fates.cut) ? dice.pick(['before', 'after']) : null;
          if (cut) world.lastBlow = world.now;
          if (cut) world.tell(() => `${name}: the ledger's connection breaks ${cut} ${step}`);
          if (cut === 'before') return process.after(moment(world), step, () => reject(broken()));
          const ended = await settled(effect);
          process.after(moment(world), step, () => {
            if (cut) reject(broken());
            else if ('error' in ended) reject(ended.error);
            else resolve(ended.value as T);
          });
        });
      });
    },
    kill() {
      if (dead) return;
      dead = true;
      world.lastBlow = world.now;
      onEnd('killed');
    },
    freeze(ms) {
      frozenUntil = Math.max(frozenUntil, world.now + ms);
      world.lastBlow = world.now;
      onEnd({ frozen: ms });
    },
    stop() {
      if (dead || stopping.signal.aborted) return;
      world.tell(() => `${name} is told to stop`);
      world.lastBlow = world.now;
      stopping.abort();
      world.after(10_000, () => {
        if (dead) return;
        dead = true;
        onEnd('stopped');
      });
    },
    clock: {
      now: () => world.now + world.wallOffset,
      monotonic: () => world.now,
      sleep: (ms, signal) =>
        new Promise((resolve, reject) => {
          if (signal?.aborted) return reject(signal.reason);
          signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
          process.after(ms, 'sleep', resolve);
        }),
    },
  };
  return process;
}

/** All of a store's methods as calls of the process. */
export function throughProcess<T extends object>(process: Process, store: T, of: string): T {
  return new Proxy(store, {
    get(target, method) {
      const value = Reflect.get(target, method);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => process.call(`${of}.${String(method)}`, () => Reflect.apply(value, target, args));
    },
  });
}

function isOfLedger(step: string): boolean {
  return !step.startsWith('channel.') && step !== 'sleep' && step !== 'alert';
}

/** Mostly nothing, now and then long enough for the others to do a lot. */
function moment({ dice, faults }: World): number {
  if (!faults || dice.chance(0.8)) return dice.below(4);
  return dice.chance(0.9) ? dice.below(300) : dice.below(4_000);
}

async function settled<T>(effect: () => Promise<T> | T): Promise<{ value: T } | { error: unknown }> {
  try {
    return { value: await effect() };
  } catch (error) {
    return { error };
  }
}

const broken = () => new Error('the connection to the database broke');
