/** The server's own pages of posts, and the old forms of their addresses. */
import type { MastodonSettings } from '#src/channels/mastodon/settings.ts';

const paths = [
  /^\/@[\w.-]+\/([0-9A-Za-z]+)\/?$/,
  /^\/users\/[\w.-]+\/statuses\/([0-9A-Za-z]+)\/?$/,
  /^\/web\/(?:@[\w.-]+|statuses)\/([0-9A-Za-z]+)\/?$/,
  // GoToSocial and Pleroma.
  /^\/@[\w.-]+\/statuses\/([0-9A-Za-z]+)\/?$/,
  /^\/notice\/([0-9A-Za-z]+)\/?$/,
];

/** The post's id in an address copied from a browser; null for another server's. */
export function idOf(url: string, { baseUrl }: Pick<MastodonSettings, 'baseUrl'>): string | null {
  const text = url.trim();
  if (!URL.canParse(text)) return null;
  const { host, pathname } = new URL(text);
  if (host.replace(/^www\./, '') !== new URL(baseUrl).host.replace(/^www\./, '')) return null;
  for (const path of paths) {
    const [, id] = path.exec(pathname) ?? [];
    if (id) return id;
  }
  return null;
}
