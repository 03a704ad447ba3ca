import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { filePath, isInside } from '#src/core/is-inside.ts';
import type { RawArticle } from '#src/core/raw-article.ts';

type Found = Exclude<RawArticle, { kind: 'gone' }>;

/**
 * The same article with its relative photo addresses made absolute `file:` ones below `root`. What leads out of the
 * folder, by `..`, an absolute path or a symbolic link, is dropped.
 */
export async function resolvePhotos(raw: Found, root: string): Promise<Found> {
  const hints = await resolveHints(raw.hints, root);
  return raw.kind === 'text' ? { ...raw, hints } : { ...raw, hints, html: await withPhotos(raw.html, root) };
}

async function resolveHints(hints: Found['hints'], root: string): Promise<Found['hints']> {
  const { bodyHtml, photos } = hints;
  const resolved = await Promise.all(
    (photos ?? []).map(async (photo) => {
      const url = await photoAddress(photo.url, root);
      return url === null ? [] : [{ ...photo, url }];
    }),
  );
  return {
    ...hints,
    ...(bodyHtml !== undefined && { bodyHtml: await withPhotos(bodyHtml, root) }),
    ...(photos && { photos: resolved.flat() }),
  };
}

async function withPhotos(html: string, root: string): Promise<string> {
  if (!/<img\b/i.test(html)) return html;
  // Only now: the parser is large, and most workers never read a file with pictures.
  const { parsePage, selectAll } = await import('#src/markup/html.ts');
  const document = parsePage(html, null);
  for (const image of selectAll(document, 'img[src]')) {
    const url = await photoAddress(image.getAttribute('src') ?? '', root);
    if (url === null) image.remove();
    else image.setAttribute('src', url);
  }
  return /<html[\s>]/i.test(html) ? document.documentElement.outerHTML : document.body.innerHTML;
}

async function photoAddress(src: string, root: string): Promise<string | null> {
  if (/^(?:https?:)?\/\//i.test(src)) return src.startsWith('//') ? `https:${src}` : src;
  const base = `${pathToFileURL(resolve(root)).href}/`;
  const url = URL.canParse(src, base) ? new URL(src, base).href : null;
  if (url === null || !isInside(root, url)) return null;
  // One that does not exist is reported when the photo is fetched.
  const real = await realpath(filePath(url)!).catch(() => null);
  return real === null || isInside(await realpath(root), pathToFileURL(real).href) ? url : null;
}
