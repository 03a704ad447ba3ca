import type { LookupAddress } from 'node:dns';
import { isIP, type LookupFunction, type Socket } from 'node:net';
import { buildConnector } from 'undici';
import { HttpFailure } from '#src/core/errors.ts';
import { type AddressGuard, plainAddress, rangeToAllow } from '#src/net/address-guard.ts';

/** All addresses of a host name; may reject with the resolver's error. */
export type Lookup = (host: string) => Promise<LookupAddress[]>;

export interface ConnectRules {
  guard: AddressGuard;
  lookup: Lookup;
  /** The operator's own setting names this port, or it is the scheme's. */
  portAllowed: boolean;
  timeoutMs: number;
}

/**
 * An undici connector that resolves the name once, refuses unless every address passes, and connects to exactly those:
 * a second look-up by the socket could be answered differently (DNS rebinding).
 */
export function guardedConnector(rules: ConnectRules): buildConnector.connector {
  return (options, callback) => {
    resolveChecked(options.hostname, options.port, rules).then(
      (addresses) => connectTo(addresses, options, rules, callback),
      (error) => callback(error, null),
    );
  };
}

/** The host's addresses, each of them checked; throws `HttpFailure`, never `sent`. */
export async function resolveChecked(hostname: string, port: string, rules: ConnectRules): Promise<LookupAddress[]> {
  const host = hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  const addresses = family ? [{ address: host, family }] : await resolve(host, rules.lookup);
  for (const { address } of addresses) {
    const verdict = rules.guard.judge(address);
    if (verdict === 'blocked') throw blockedAddress(host, address);
    if (verdict === 'public' && !rules.portAllowed) {
      throw new HttpFailure(
        'blocked',
        `${host} was not asked: port ${port} is neither 80 nor 443, and no setting names it; add ${rangeToAllow(address)} to network.allow if that is right`,
        { sent: false },
      );
    }
  }
  return addresses;
}

async function resolve(host: string, lookup: Lookup): Promise<LookupAddress[]> {
  let addresses: LookupAddress[];
  try {
    addresses = await lookup(host);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'no answer';
    const advice = code === 'ENOTFOUND' ? 'check how it is spelt' : 'check the network and its name server';
    throw new HttpFailure('dns', `The name ${host} cannot be found (${code}); ${advice}`, { sent: false, cause });
  }
  if (addresses.length === 0) {
    throw new HttpFailure('dns', `The name ${host} has no address; check how it is spelt`, { sent: false });
  }
  return addresses;
}

/** Answers with these, whatever is asked: the socket asks nobody a second time. */
export function fixedLookup(addresses: LookupAddress[]): LookupFunction {
  return (_host, { all }, done) => {
    if (all) return done(null, addresses);
    const first = addresses[0]!;
    done(null, first.address, first.family);
  };
}

export function blockedAddress(host: string, address: string): HttpFailure {
  const place = host === address ? address : `${host} (${address})`;
  return new HttpFailure(
    'blocked',
    `${place} was not asked: it is not on the public internet; add ${rangeToAllow(address)} to network.allow if it is yours`,
    { sent: false },
  );
}

function connectTo(
  addresses: LookupAddress[],
  options: buildConnector.Options,
  rules: ConnectRules,
  callback: buildConnector.Callback,
): void {
  const lookup = fixedLookup(addresses);
  const connect = buildConnector({ timeout: rules.timeoutMs, allowH2: false, lookup } as buildConnector.BuildOptions);
  connect(options, (...[error, socket]) => {
    if (error) return callback(error, null);
    if (reachesOneOf(addresses, socket)) return callback(null, socket);
    socket.destroy();
    callback(blockedAddress(options.hostname, socket.remoteAddress ?? 'an unknown address'), null);
  });
}

/** The socket's other end is one of those that were checked. */
export function reachesOneOf(addresses: LookupAddress[], socket: Socket): boolean {
  const remote = plainAddress(socket.remoteAddress ?? '');
  return remote !== null && addresses.some(({ address }) => plainAddress(address) === remote);
}
