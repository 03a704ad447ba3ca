import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { filePath, isInside } from '#src/core/is-inside.ts';
import type { RawArticle } from '#src/core/raw-article.ts';
import { pageFacts } from '#src/markup/page-facts.ts';

type Found = Exclude<RawArticle, { kind: 'gone' }>;

/** Where an address leads that is not absolute. */
interface Bases {
  /** The folder that holds the article's file. */
  root: string;
  /** What a saved page says is its own address. */
  page: string | null;
  /** The newsroom's site: `/anh/1.jpg` of a saved page stands there. */
  site: string | null;
}

/**
 * The same article with its photos' addresses made absolute: `file:` ones below `root`, else on the web by the address
 * that a saved page gives itself, or on the newsroom's `site`. What leads out of the folder otherwise, by `..`, an
 * absolute path or a symbolic link, loses its address.
 */
export async function resolvePhotos(raw: Found, root: string, site: string | null): Promise<Found> {
  const page = raw.kind === 'page' && raw.html !== '' ? pageFacts(raw.html, null).url : null;
  const bases = { root, page, site };
  // Whoever writes fields by hand means the folder.
  const hints = await resolveHints(raw.hints, { root, page: null, site: null });
  if (raw.kind === 'text') return { ...raw, hints };
  return { ...raw, url: raw.url ?? page, hints, html: await withPhotos(raw.html, bases) };
}

async function resolveHints(hints: Found['hints'], bases: Bases): Promise<Found['hints']> {
  const { bodyHtml, photos } = hints;
  const resolved = await Promise.all(
    (photos ?? []).map(async (photo) => {
      const url = await photoAddress(photo.url, bases);
      return url === null ? [] : [{ ...photo, url }];
    }),
  );
  return {
    ...hints,
    ...(bodyHtml !== undefined && { bodyHtml: await withPhotos(bodyHtml, bases) }),
    ...(photos && { photos: resolved.flat() }),
  };
}

const addresses = ['src', 'data-src', 'data-original', 'data-lazy-src'];

async function withPhotos(html: string, bases: Bases): Promise<string> {
  if (!/<img\b/i.test(html)) return html;
  // Only now: the parser is large, and most workers never read a file with pictures.
  const { parsePage, selectAll } = await import('#src/markup/html.ts');
  const document = parsePage(html, null);
  for (const image of selectAll(document, 'img')) {
    for (const name of addresses) {
      const src = image.getAttribute(name);
      // Without an address it is no photo, unless it loads one late: what stands there is a placeholder.
      if (src !== null) image.setAttribute(name, (await photoAddress(src, bases)) ?? '');
    }
  }
  return /<html[\s>]/i.test(html) ? document.documentElement.outerHTML : document.body.innerHTML;
}

async function photoAddress(src: string, { root, page, site }: Bases): Promise<string | null> {
  if (/^(?:https?:)?\/\//i.test(src)) return src.startsWith('//') ? `https:${src}` : src;
  const base = `${pathToFileURL(resolve(root)).href}/`;
  const url = URL.canParse(src, base) ? new URL(src, base).href : null;
  const inside = url !== null && isInside(root, url);
  const real = inside ? await realpath(filePath(url)!).catch(() => null) : null;
  if (real !== null) return isInside(await realpath(root), pathToFileURL(real).href) ? url : null;
  const onTheWeb = page ?? (/^\/(?!\/)/.test(src) ? site : null);
  if (onTheWeb !== null && src !== '' && !URL.canParse(src)) return URL.parse(src, onTheWeb)?.href ?? null;
  // One that does not exist is reported when the photo is fetched.
  return inside ? url : null;
}
