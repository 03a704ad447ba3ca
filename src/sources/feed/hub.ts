/** Who tells of a feed's changes at once (WebSub discovery, §4). */
import type { HttpResponse } from '#src/core/tools.ts';
import { absoluteUrl } from '#src/markup/html-text.ts';
import type { ParsedFeed } from '#src/markup/parsed-feed.ts';
import type { PollResult } from '#src/sources/source.ts';

/** What the Link headers name, else the document; hubs asked over https first. Null where neither names one. */
export function hubOf(
  { headers, url }: HttpResponse,
  { hubs, self }: Pick<ParsedFeed, 'hubs' | 'self'>,
): NonNullable<PollResult['hub']> | null {
  const links = linksIn(headers['link'] ?? '', url);
  const named = links.filter(({ rels }) => rels.includes('hub')).map(({ href }) => href);
  const all = named.length > 0 ? named : hubs;
  if (all.length === 0) return null;
  const topic = links.find(({ rels }) => rels.includes('self'))?.href ?? self ?? url;
  return { hubs: [...new Set(all)].toSorted((a, b) => Number(isPlain(a)) - Number(isPlain(b))), topic };
}

const isPlain = (url: string): boolean => url.startsWith('http:');

/** RFC 8288, as much of it as matters here. */
function linksIn(header: string, base: string): { href: string; rels: string[] }[] {
  return [...header.matchAll(/<([^<>]*)>((?:\s*;\s*[\w*-]+\s*(?:=\s*(?:"[^"]*"|[^\s",;]*))?)*)/g)].flatMap(
    ([, target, parameters = '']) => {
      const rel = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s",;]*))/i.exec(parameters);
      const href = absoluteUrl(target, base);
      if (!rel || !href || !/^https?:/.test(href)) return [];
      return [{ href, rels: (rel[1] ?? rel[2] ?? '').toLowerCase().split(/\s+/) }];
    },
  );
}
