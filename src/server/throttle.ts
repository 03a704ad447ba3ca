/** Wrong secrets, counted by the minute: whoever guesses costs little and fills no log. */
import { isIPv6 } from 'node:net';
import type { Clock, Log } from '#src/core/tools.ts';

const window = 60_000;
/** What an address may still try wrongly while all together are over their limit. */
const perAddressThen = 3;
const mostAddresses = 1000;

export interface Throttle {
  /** Seconds this client must wait; 0: it may try. */
  wait(address: string): number;
  countWrong(address: string): void;
}

export interface ThrottleOptions {
  clock: Clock;
  log: Log;
  /** What is guessed, for the log. */
  what?: string;
  /** Wrong ones within a minute. */
  perAddress?: number;
  everywhere?: number;
}

export function createThrottle(options: ThrottleOptions): Throttle {
  const { clock, log, what = 'wrong sign-in links', perAddress = 20, everywhere = 200 } = options;
  let since = Number.NEGATIVE_INFINITY;
  let all = 0;
  let told = false;
  const counts = new Map<string, number>();
  const turn = (): void => {
    if (clock.monotonic() - since < window) return;
    since = clock.monotonic();
    all = 0;
    told = false;
    counts.clear();
  };
  return {
    wait(address) {
      turn();
      // Addresses beyond those that are counted one by one share what is left.
      const wrong = counts.get(network(address)) ?? (counts.size >= mostAddresses ? perAddressThen : 0);
      if (wrong < (all < everywhere ? perAddress : perAddressThen)) return 0;
      if (!told) log.warn(`too many ${what} within a minute: no more are looked at`, { address, wrong: all });
      told = true;
      return Math.max(1, Math.ceil((since + window - clock.monotonic()) / 1000));
    },
    countWrong(address) {
      turn();
      all++;
      const key = network(address);
      if (counts.has(key) || counts.size < mostAddresses) counts.set(key, (counts.get(key) ?? 0) + 1);
    },
  };
}

/** An IPv6 client has a whole /64 to itself. */
function network(address: string): string {
  const bare = address.split('%')[0]!.toLowerCase();
  if (!isIPv6(bare) || bare.startsWith('::ffff:')) return bare;
  const [head = '', tail] = new URL(`http://[${bare}]`).hostname.slice(1, -1).split('::');
  const [before, after] = [head, tail ?? ''].map((part) => part.split(':').filter(Boolean)) as [string[], string[]];
  const zeros = Array<string>(8 - before.length - after.length).fill('0');
  return [...before, ...zeros, ...after].slice(0, 4).join(':');
}
