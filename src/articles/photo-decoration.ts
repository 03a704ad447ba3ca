/** Pictures that are no photos: icons, avatars, logos, trackers, placeholders. */
import type { HtmlElement } from '#src/markup/html.ts';

const smallest = 200;

/** By what the element says: its size and its names. */
export function isDecoration(image: HtmlElement): boolean {
  const width = pixels(image, 'width');
  const height = pixels(image, 'height');
  if (width === null ? height !== null && height < smallest : width < smallest) return true;
  if (height !== null && height < smallest / 2) return true;
  const named = `${image.getAttribute('class') ?? ''} ${image.getAttribute('id') ?? ''}`;
  return /(?:^|[\s_-])(?:avatar|emoji|wp-smiley|icon|logo|gravatar)(?:$|[\s_-])/i.test(named);
}

/** By its address. `width`: as declared. */
export function isDecorationFile(url: string, width: number | null): boolean {
  const { hostname, pathname } = new URL(url);
  if (/(?:^|\.)(?:gravatar\.com|doubleclick\.net|google-analytics\.com|scorecardresearch\.com)$/.test(hostname))
    return true;
  // `photo-150x150.jpg`
  const named = /[-_](\d{2,4})x(\d{2,4})\.\w+$/.exec(pathname);
  if (named && Number(named[1]) < smallest && Number(named[2]) < smallest) return true;
  if (/\/(?:tw)?emoji\//i.test(pathname)) return true;
  if (
    /\/(?:print|printer|pdf|e?mail|rss|facebook|twitter|zalo|youtube)[_-]?(?:button|btn|icon)?\.(?:png|gif|jpg)$/i.test(
      pathname,
    )
  )
    return true;
  // Bullets and `new!` signs of old pages.
  if (/\.gif$/i.test(pathname) && (width ?? 0) < smallest) return true;
  return /\/(?:pixel|spacer|blank|transparent|1x1(?=\.)|avatar|emoji|logo|icon|loading|spinner|placeholder|quang-?cao|advert(?:isement)?|no-?image)(?:[_-][\w-]*)?\.\w+$/i.test(
    pathname,
  );
}

/** A size in pixels, from the attribute or the style; null when none is declared there. */
export function pixels(image: HtmlElement, side: 'width' | 'height'): number | null {
  const style = new RegExp(`(?:^|[;\\s])${side}\\s*:\\s*(\\d+)(?:\\.\\d+)?px`, 'i').exec(
    image.getAttribute('style') ?? '',
  )?.[1];
  const attribute = /^\s*(\d{1,5})(?:\.\d+)?(?:px)?\s*$/.exec(image.getAttribute(side) ?? '')?.[1];
  const value = Number(attribute ?? style);
  return value > 0 ? value : null;
}
