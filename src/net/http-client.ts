import { lookup as systemLookup } from 'node:dns/promises';
import { HttpFailure } from '#src/core/errors.ts';
import type { Clock, Http, HttpRequest, HttpResponse } from '#src/core/tools.ts';
import { type AddressGuard, createAddressGuard } from '#src/net/address-guard.ts';
import { createDeadlines, type Deadlines } from '#src/net/deadlines.ts';
import { type Answer, exchange } from '#src/net/exchange.ts';
import type { Lookup } from '#src/net/guarded-connect.ts';
import { DeadlineOver, toHttpFailure } from '#src/net/http-failures.ts';
import { createKeptClients, type KeptClients } from '#src/net/kept-clients.ts';
import { checkUrl, nextHop, usesUsualPort } from '#src/net/redirects.ts';

export interface HttpOptions {
  /** CIDRs beyond the public internet that may be reached. */
  allow: readonly string[];
  userAgent: string;
  clock: Clock;
  /** For tests; the system's resolver otherwise. */
  lookup?: Lookup;
  /** Keep connections a few seconds for the next GET to the same place. */
  keepConnections?: boolean;
}

export interface HttpClient extends Http {
  /** Ends what is under way as `aborted`, and refuses what comes after. */
  close(): Promise<void>;
}

const defaultTimeout = 30_000;
const headersTimeout = 15_000;
const connectTimeout = 10_000;
const defaultRedirects = 3;

/** The one guarded way out to the network: addresses checked, redirects by hand, decoded bytes counted, one deadline. */
export function createHttp(options: HttpOptions): HttpClient {
  const guard = createAddressGuard(options.allow);
  const lookup = options.lookup ?? ((host) => systemLookup(host, { all: true, verbatim: true }));
  const deadlines = createDeadlines(options.clock);
  const running = new Map<AbortController, Promise<unknown>>();
  let isClosed = false;
  const kept = options.keepConnections ? createKeptClients() : null;
  const context: Context = { guard, lookup, kept, userAgent: options.userAgent };

  return {
    async request(request) {
      const control = new AbortController();
      if (isClosed) control.abort();
      const work = withDeadline(request, deadlines, control, () => follow(request, context, control.signal));
      running.set(control, work);
      try {
        return await work;
      } finally {
        running.delete(control);
      }
    },
    async close() {
      isClosed = true;
      for (const control of running.keys()) control.abort();
      await Promise.allSettled(running.values());
      deadlines.close();
      await kept?.close();
    },
  };
}

interface Context {
  guard: AddressGuard;
  lookup: Lookup;
  kept: KeptClients | null;
  userAgent: string;
}

/** One deadline over everything; the caller's signal ends it too. */
async function withDeadline<T>(
  { timeoutMs = defaultTimeout, signal }: HttpRequest,
  deadlines: Deadlines,
  control: AbortController,
  work: () => Promise<T>,
): Promise<T> {
  const done = deadlines.set(timeoutMs, () => {
    control.abort(new DeadlineOver(`did not answer in full within ${timeoutMs / 1000} seconds`));
  });
  // By hand: a signal made of others (`AbortSignal.any`) is remembered by them for as long as they live.
  const stop = (): void => control.abort(calledOff(signal?.reason));
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await work();
  } finally {
    done();
    signal?.removeEventListener('abort', stop);
  }
}

/** A reason of one's own, `SIGTERM` for one, would be told as the other side's fault. */
const calledOff = (reason: unknown): unknown =>
  reason instanceof HttpFailure ? reason : new DOMException('called off', 'AbortError');

async function follow(request: HttpRequest, context: Context, signal: AbortSignal): Promise<HttpResponse> {
  const start = checkUrl(request.url);
  const limit = request.redirects ?? defaultRedirects;
  let hop = {
    url: start,
    method: request.method ?? 'GET',
    headers: withDefaults(request.headers, context.userAgent),
    body: request.body ?? null,
  };
  let movedTo: string | null = null;
  let unbroken = true;

  for (let followed = 0; ; followed++) {
    const { url } = hop;
    const named = request.operatorUrl === true && url.host === start.host;
    const portAllowed = usesUsualPort(url) || named;
    const rules = { guard: context.guard, lookup: context.lookup, portAllowed, timeoutMs: connectTimeout };
    let answer: Answer;
    try {
      answer = await exchange({
        ...hop,
        maxBytes: request.maxBytes,
        statusIsEnough: request.statusIsEnough === true,
        headersTimeout: request.patient ? 0 : headersTimeout,
        signal,
        rules,
        kept: context.kept,
      });
    } catch (error) {
      throw asFailure(error, url.hostname, followed > 0);
    }
    const target = limit === 0 ? null : nextHop(answer, hop);
    if (!target) return { ...answer, url: url.href, movedTo };
    if (followed >= limit) {
      throw new HttpFailure(
        'redirect',
        `${start.hostname} sends on and on: ${limit} redirects were followed, the last to ${target.url.hostname}`,
        { sent: true },
      );
    }
    unbroken &&= answer.status === 301 || answer.status === 308;
    if (unbroken) movedTo = target.url.href;
    hop = target;
  }
}

/** After a redirect the first request has left, whatever became of the next. */
function asFailure(error: unknown, host: string, sentBefore: boolean): HttpFailure {
  const failure = toHttpFailure(error, host, sentBefore);
  if (!sentBefore || failure.sent) return failure;
  return new HttpFailure(failure.kind, failure.message, { sent: true, cause: failure.cause });
}

function withDefaults(headers: HttpRequest['headers'], userAgent: string): Record<string, string> {
  const all: Record<string, string> = { 'user-agent': userAgent, 'accept-encoding': 'br, gzip, deflate' };
  for (const [name, value] of Object.entries(headers ?? {})) all[name.toLowerCase()] = value;
  return all;
}
