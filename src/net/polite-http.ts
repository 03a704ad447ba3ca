import { NotYet } from '#src/core/errors.ts';
import { retryAfter } from '#src/core/retry-after.ts';
import type { Clock, Http, HttpRequest, HttpResponse } from '#src/core/tools.ts';
import { createDeadlines } from '#src/net/deadlines.ts';

export interface PoliteHttp extends Http {
  /** Nobody's place is passed on any more. */
  close(): void;
}

interface Host {
  /** Whether somebody has its place. */
  isBusy: boolean;
  /** Requests under way, those included that were waited for too long. */
  open: number;
  waiting: Waiting[];
  /** Sent away since it last answered. */
  refused: number;
  /** Milliseconds since the epoch. */
  restsUntil: number;
}

interface Waiting {
  enter(): void;
  refuse(reason: NotYet): void;
}

/** Beyond these a request comes back later, so that one slow host takes no place from the others. */
const mostWaiting = 12;
const comeBack = 2_000;
/** Thousands that are sent away come back one by one, not all at once again and again. */
const apart = 200;
const longestAway = 30_000;
/** One page that never ends must not hold up all the others of its host. */
const patience = 3_000;
/** Under way at a host that does not answer: whoever asks holds a place that other hosts' work waits for. */
const mostOpen = 2;
const usualRest = 10 * 60_000;

/**
 * One request after another to each host, whoever asks, and none while it asks to be left alone; hosts do not wait for
 * each other, and nobody waits long for an answer that does not come. Throws `NotYet` where nothing was asked.
 */
export function createPoliteHttp(http: Http, clock: Clock): PoliteHttp {
  const hosts = new Map<string, Host>();
  const deadlines = createDeadlines(clock);

  function refuseAtRest(name: string, host: Host): void {
    if (host.restsUntil > clock.now()) throw new NotYet(`${name} asks to be left alone for a while`, host.restsUntil);
  }

  function busy(name: string, host: Host): NotYet {
    const wait = Math.min(comeBack + apart * host.refused, longestAway);
    host.refused += 1;
    return new NotYet(`${name} still answers earlier requests`, clock.now() + wait);
  }

  function passOn(name: string, host: Host): void {
    if (host.open >= mostOpen) for (const { refuse } of host.waiting.splice(0)) refuse(busy(name, host));
    const next = host.waiting.shift();
    if (next) next.enter();
    else host.isBusy = false;
  }

  function refuseInCrowd(name: string, host: Host): void {
    if (host.open >= mostOpen || host.waiting.length >= mostWaiting) throw busy(name, host);
  }

  async function askOne(name: string, host: Host, request: HttpRequest): Promise<HttpResponse> {
    let isMine = true;
    const leave = (): void => {
      if (isMine) passOn(name, host);
      isMine = false;
    };
    const done = deadlines.set(patience, leave);
    host.open += 1;
    try {
      refuseAtRest(name, host);
      const response = await http.request(request);
      host.refused = 0;
      host.restsUntil = Math.max(host.restsUntil, restAfter(response, clock.now()));
      return response;
    } finally {
      done();
      host.open -= 1;
      leave();
      if (!host.isBusy && host.open === 0 && host.restsUntil <= clock.now()) hosts.delete(name);
    }
  }

  return {
    async request(request) {
      const name = URL.parse(request.url)?.host ?? '';
      const host = hosts.get(name) ?? { isBusy: false, open: 0, waiting: [], refused: 0, restsUntil: 0 };
      hosts.set(name, host);
      refuseAtRest(name, host);
      refuseInCrowd(name, host);
      if (host.isBusy) await turn(host, request.signal);
      host.isBusy = true;
      return askOne(name, host, request);
    },
    close: () => deadlines.close(),
  };
}

/** Resolves when the one before is done; whoever gives up gives its turn up too. */
function turn(host: Host, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const waiting: Waiting = {
      enter() {
        signal?.removeEventListener('abort', giveUp);
        resolve();
      },
      refuse(reason) {
        signal?.removeEventListener('abort', giveUp);
        reject(reason);
      },
    };
    const giveUp = (): void => {
      host.waiting.splice(host.waiting.indexOf(waiting), 1);
      reject(signal?.reason);
    };
    host.waiting.push(waiting);
    signal?.addEventListener('abort', giveUp, { once: true });
  });
}

/** A 503 without a time may mean one page alone; whoever asked for it comes back later by itself. */
function restAfter({ status, headers }: HttpResponse, now: number): number {
  const at = retryAfter(headers, now);
  if (status === 429) return at ?? now + usualRest;
  return status === 503 ? (at ?? 0) : 0;
}
