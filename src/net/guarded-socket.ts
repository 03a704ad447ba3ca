/** A guarded connection for what is not HTTP: mail. */
import { lookup as systemLookup } from 'node:dns/promises';
import { once } from 'node:events';
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { createAddressGuard } from '#src/net/address-guard.ts';
import { blockedAddress, fixedLookup, type Lookup, reachesOneOf, resolveChecked } from '#src/net/guarded-connect.ts';
import { DeadlineOver, toHttpFailure } from '#src/net/http-failures.ts';

export interface SocketOptions {
  /** CIDRs beyond the public internet that may be reached. */
  allow: readonly string[];
  /** For tests; the system's resolver otherwise. */
  lookup?: Lookup;
  /** Over name look-up, connection and handshake together. Milliseconds. */
  timeoutMs?: number;
}

interface ConnectTo {
  host: string;
  port: number;
  /** Encrypted from the first byte, with a certificate for `host`. */
  tls: boolean;
}

/**
 * Connects to an address that the guard has passed, and to no other; the operator's own setting names the port. Throws
 * an `HttpFailure`, never `sent`.
 */
export function createConnect({ allow, lookup, timeoutMs = 10_000 }: SocketOptions) {
  const guard = createAddressGuard(allow);
  const resolve = lookup ?? ((host: string) => systemLookup(host, { all: true, verbatim: true }));
  return async ({ host, port, tls }: ConnectTo, stop: AbortSignal): Promise<Socket> => {
    const deadline = AbortSignal.timeout(timeoutMs);
    const signal = AbortSignal.any([stop, deadline]);
    try {
      const rules = { guard, lookup: resolve, portAllowed: true, timeoutMs };
      const addresses = await unlessAborted(resolveChecked(host, String(port), rules), signal);
      const to = { host: host.replace(/^\[|\]$/g, ''), port, lookup: fixedLookup(addresses) };
      const socket = await opened(tls ? connectTls(to) : connectPlain(to), tls, signal);
      if (reachesOneOf(addresses, socket)) return socket;
      socket.destroy();
      throw blockedAddress(host, socket.remoteAddress ?? 'an unknown address');
    } catch (error) {
      const late = deadline.aborted && !stop.aborted;
      const cause = late ? new DeadlineOver(`did not take the connection within ${timeoutMs / 1000} seconds`) : error;
      throw toHttpFailure(cause, `${host}:${port}`, false);
    }
  };
}

async function opened(socket: Socket, tls: boolean, signal: AbortSignal): Promise<Socket> {
  // A connection that breaks before its new owner listens must not end the process.
  socket.on('error', () => {});
  try {
    await once(socket, tls ? 'secureConnect' : 'connect', { signal });
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** A name server that does not answer cannot be told to stop. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  work.catch(() => {});
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(new DOMException('called off', 'AbortError'));
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
