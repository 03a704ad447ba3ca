/** A guarded connection for what is not HTTP: mail. */
import { lookup as systemLookup } from 'node:dns/promises';
import { once } from 'node:events';
import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { HttpFailure, messageOf } from '#src/core/errors.ts';
import { createAddressGuard } from '#src/net/address-guard.ts';
import { type Lookup, resolveChecked } from '#src/net/guarded-connect.ts';

export interface SocketOptions {
  /** CIDRs beyond the public internet that may be reached. */
  allow: readonly string[];
  /** For tests; the system's resolver otherwise. */
  lookup?: Lookup;
}

interface ConnectTo {
  host: string;
  port: number;
  /** Encrypted from the first byte, with a certificate for `host`. */
  tls: boolean;
}

const timeoutMs = 10_000;

/** Connects to an address that the guard has passed, and to no other; the operator's own setting names the port. */
export function createConnect({ allow, lookup }: SocketOptions) {
  const guard = createAddressGuard(allow);
  const resolve = lookup ?? ((host: string) => systemLookup(host, { all: true, verbatim: true }));
  return async ({ host, port, tls }: ConnectTo, signal: AbortSignal): Promise<Socket> => {
    const rules = { guard, lookup: resolve, portAllowed: true, timeoutMs };
    const [address] = await resolveChecked(host, String(port), rules);
    const to = { host: address!.address, port };
    const name = isIP(host) ? {} : { servername: host };
    const socket = tls ? connectTls({ ...to, ...name }) : connectPlain(to);
    try {
      await once(socket, tls ? 'secureConnect' : 'connect', {
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      });
      return socket;
    } catch (cause) {
      socket.destroy();
      throw new HttpFailure('refused', `${host}:${port} cannot be reached: ${messageOf(cause)}`, {
        sent: false,
        cause,
      });
    }
  };
}
