/** Which names in a request's `Host` are ours, and where a request comes from. */
import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';

/** `127.0.0.0/8`, `::1`, `localhost`: reached from this machine only. */
export function isLoopback(host: string): boolean {
  const bare = withoutBrackets(host).replace(/^::ffff:/, '');
  return bare === 'localhost' || bare === '::1' || /^127(\.\d{1,3}){3}$/.test(bare);
}

/** An address as such, no name: nobody can make it lead elsewhere. */
function isAddress(host: string): boolean {
  return isIP(withoutBrackets(host)) !== 0;
}

/** The name in a `Host` header, without the port; null when it is none. */
export function hostName(header: string | undefined): string | null {
  const match = /^(\[[0-9a-f:.]+\]|[^\s:/@\\[\]]+)(?::\d{1,5})?$/i.exec(header ?? '');
  return match?.[1]?.toLowerCase() ?? null;
}

/** Whether a `Host` header names this server: by an address, a name of this machine, or the one in `publicUrl`. */
export function hostCheck(publicUrl: string): (header: string | undefined) => boolean {
  const publicHost = new URL(publicUrl).hostname;
  // Nearly every request names it as the one before did.
  let lastOurs: string | undefined;
  return (header) => {
    if (header !== undefined && header === lastOurs) return true;
    const host = hostName(header);
    if (host === null || !(isLoopback(host) || isAddress(host) || host === publicHost)) return false;
    lastOurs = header;
    return true;
  };
}

/** Whether a request comes straight from this machine: a proxy in front speaks for anybody. */
export function isDirect({ headers, socket }: FastifyRequest): boolean {
  const host = hostName(headers.host);
  if (host === null || !(isLoopback(host) || isAddress(host))) return false;
  if (Object.keys(headers).some((name) => ofProxies.test(name))) return false;
  const { remoteAddress = '', localAddress } = socket;
  // Whoever listens on an address of the network is reached from here by that address.
  return isLoopback(remoteAddress) || remoteAddress === localAddress;
}

const ofProxies = /^(forwarded|x-forwarded-.+|x-real-ip|via)$/;

const withoutBrackets = (host: string) => host.toLowerCase().replace(/^\[|\]$/g, '');
