/** The link readers follow. */
import type { ComposeSettings } from '#src/core/settings.ts';

/**
 * The article's address with campaign parameters before its fragment. What it has already stays as it is, to the letter:
 * a site may sign its addresses. Empty without an address that a browser opens.
 */
export function campaignLink(address: string | null, utm: ComposeSettings['utm']): string {
  if (address === null || !URL.canParse(address)) return '';
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return '';
  const added = Object.entries(utm ?? {}).flatMap(([name, value]) =>
    value && !url.searchParams.has(`utm_${name}`) ? [`utm_${name}=${encodeURIComponent(value)}`] : [],
  );
  if (added.length === 0) return url.href;
  const [, before = '', fragment = ''] = /^([^#]*)(.*)$/s.exec(url.href) ?? [];
  const query = before.indexOf('?');
  const isOpen = query === before.length - 1 || before.endsWith('&');
  return `${before}${query < 0 ? '?' : isOpen ? '' : '&'}${added.join('&')}${fragment}`;
}
