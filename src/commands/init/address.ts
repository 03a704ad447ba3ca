/** What a person types for a site, as addresses to ask. */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isOnRanges } from '#config/fields.ts';
import { UserError } from '#src/core/errors.ts';

/** Networks of one's own; the rest of what is not public stays closed, the machine-metadata service above all. */
const ownNetworks = ['127.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '::1/128', 'fc00::/7'];

/** The address, or without its scheme first https, then http. */
export function typedAddresses(typed: string): string[] {
  const text = typed.trim();
  const candidates = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? [text] : [`https://${text}`, `http://${text}`];
  return candidates.map((candidate) => {
    const url = URL.parse(candidate);
    if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '') {
      throw new UserError(`"${typed}" is not the address of a site.`, {
        next: 'Such as: loa init https://bao.example',
      });
    }
    if (url.username || url.password) {
      throw new UserError('The address holds a user name or password.', { next: 'Give it without them.' });
    }
    url.hash = '';
    return url.href;
  });
}

/** Whoever types an address of their own network means it: just these may be reached. None for a public site. */
export async function ownAddresses(url: string): Promise<string[]> {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  const found = isIP(host) ? [{ address: host }] : await lookup(host, { all: true }).catch(() => []);
  const own = found.map(({ address }) => address).filter((address) => isOnRanges(address, ownNetworks));
  return [...new Set(own.map((address) => `${address}/${isIP(address) === 4 ? 32 : 128}`))];
}
