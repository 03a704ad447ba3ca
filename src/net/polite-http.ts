import { NotYet } from '#src/core/errors.ts';
import { retryAfter } from '#src/core/retry-after.ts';
import type { Clock, Http, HttpResponse } from '#src/core/tools.ts';

interface Host {
  isBusy: boolean;
  waiting: (() => void)[];
  /** Milliseconds since the epoch. */
  restsUntil: number;
}

/** Beyond these a request comes back later, so that one slow host takes no place from the others. */
const mostWaiting = 6;
const comeBack = 5_000;
const usualRest = 10 * 60_000;

/**
 * One request after another to each host, whoever asks, and none while it asks to be left alone; hosts do not wait for
 * each other. Throws `NotYet` where nothing was asked.
 */
export function createPoliteHttp(http: Http, clock: Clock): Http {
  const hosts = new Map<string, Host>();

  function refuseAtRest(name: string, host: Host): void {
    if (host.restsUntil > clock.now()) throw new NotYet(`${name} asks to be left alone for a while`, host.restsUntil);
  }

  function leave(name: string, host: Host): void {
    const next = host.waiting.shift();
    if (next) next();
    else {
      host.isBusy = false;
      if (host.restsUntil <= clock.now()) hosts.delete(name);
    }
  }

  return {
    async request(request) {
      const name = URL.parse(request.url)?.host ?? '';
      const host = hosts.get(name) ?? { isBusy: false, waiting: [], restsUntil: 0 };
      hosts.set(name, host);
      refuseAtRest(name, host);
      if (host.isBusy) {
        if (host.waiting.length >= mostWaiting) {
          throw new NotYet(`${name} still answers earlier requests`, clock.now() + comeBack);
        }
        await turn(host, request.signal);
      }
      host.isBusy = true;
      try {
        refuseAtRest(name, host);
        const response = await http.request(request);
        host.restsUntil = restAfter(response, clock.now());
        return response;
      } finally {
        leave(name, host);
      }
    },
  };
}

/** Resolves when the one before is done; whoever gives up gives its turn up too. */
function turn(host: Host, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const enter = (): void => {
      signal?.removeEventListener('abort', giveUp);
      resolve();
    };
    const giveUp = (): void => {
      host.waiting.splice(host.waiting.indexOf(enter), 1);
      reject(signal?.reason);
    };
    host.waiting.push(enter);
    signal?.addEventListener('abort', giveUp, { once: true });
  });
}

/** A 503 without a time may mean one page alone; whoever asked for it comes back later by itself. */
function restAfter({ status, headers }: HttpResponse, now: number): number {
  const at = retryAfter(headers, now);
  if (status === 429) return at ?? now + usualRest;
  return status === 503 ? (at ?? 0) : 0;
}
