import type { WordpressSettings } from '#src/sources/wordpress/settings.ts';

/**
 * An address of the API: below `…/wp-json/`, or as `?rest_route=/…` on sites without pretty permalinks
 * (https://developer.wordpress.org/rest-api/using-the-rest-api/discovery/).
 */
export function routeAddress(base: string, route: string, parameters: Readonly<Record<string, string>>): string {
  const url = new URL(base);
  const root = url.searchParams.get('rest_route');
  if (root === null) url.pathname = `${url.pathname.replace(/\/*$/, '/')}${route}`;
  else url.searchParams.set('rest_route', `${root.replace(/\/*$/, '/')}${route}`);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

/** Only for the operator's own host, with or without `www.`: a page may name any other as its API. */
export function authorization({ url, username, password }: WordpressSettings, base: string): Record<string, string> {
  if (username === undefined || password === undefined || host(url) !== host(base)) return {};
  if (url.startsWith('https:') && !base.startsWith('https:')) return {};
  return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
}

const host = (address: string): string => new URL(address).host.replace(/^www\./, '');
