/** Which file an `<img>` really shows, and whether it is a photo at all. */
import { isPhotoAddress } from '#src/articles/photo-address.ts';
import { baseOf, type HtmlElement, selectAll } from '#src/markup/html.ts';
import { absoluteUrl } from '#src/markup/html-text.ts';

const smallest = 200;
const lazyAttributes = ['data-original', 'data-src', 'data-lazy-src', 'data-full-src', 'data-lazy', 'data-url'];

export interface ImageSource {
  url: string;
  /** Pixels as declared for this very file; null when only the shown size is known. */
  width: number | null;
  height: number | null;
}

/** The largest file the markup offers; null for placeholders, trackers, icons, avatars and anything under 200 px. */
export function imageSource(image: HtmlElement, folder: string | null): ImageSource | null {
  if (isDecoration(image)) return null;
  const base = baseOf(image.ownerDocument);
  const link = image.closest('a')?.getAttribute('href') ?? '';
  const plain = image.getAttribute('src');
  const candidates = [
    largest(image),
    ...lazyAttributes.map((name) => image.getAttribute(name)),
    isImageFile(link) ? link : null,
    plain,
  ];
  const url = candidates.map((candidate) => photoUrl(candidate, base, folder)).find((address) => address !== null);
  if (!url || isTracker(url)) return null;
  const late = ['data-src', 'data-lazy-src', 'data-lazy'].map((name) => image.getAttribute(name));
  // Beside a placeholder the size is that of the file which is loaded late.
  const shown = photoUrl(plain, base, folder) === null ? late : [plain];
  const own = shown.some((address) => url === photoUrl(address, base, folder));
  return { url, width: own ? pixels(image, 'width') : null, height: own ? pixels(image, 'height') : null };
}

/** By its ending. */
export function isImageFile(address: string): boolean {
  return /\.(?:jpe?g|png|webp|avif|tiff?)(?:$|[?#])/i.test(address);
}

function largest(image: HtmlElement): string | null {
  const picture = image.closest('picture');
  const sets = [image, ...(picture ? selectAll(picture, 'source') : [])].flatMap((element) => [
    element.getAttribute('srcset'),
    element.getAttribute('data-srcset'),
  ]);
  const files = sets.flatMap((set) => readSrcset(set ?? ''));
  return (
    files.reduce<SizedFile | null>((best, file) => (best && best.size >= file.size ? best : file), null)?.url ?? null
  );
}

interface SizedFile {
  url: string;
  size: number;
}

// Addresses may hold commas, so the parts are told by the white space around them.
function readSrcset(set: string): SizedFile[] {
  const parts = set.matchAll(/(\S*[^\s,])(?:\s+([\d.]+)[wx])?\s*(?:,|$)/g);
  return [...parts]
    .filter(([, url]) => !url?.startsWith('data:'))
    .map(([, url = '', size]) => ({ url, size: Number(size ?? 1) }));
}

function photoUrl(address: string | null | undefined, base: string | null, folder: string | null): string | null {
  const url = absoluteUrl(address, base) ?? URL.parse(address ?? '')?.href ?? null;
  return url && isPhotoAddress(url, folder) && !/\.svg(?:$|[?#])/i.test(url) ? url : null;
}

function isDecoration(image: HtmlElement): boolean {
  const width = pixels(image, 'width');
  const height = pixels(image, 'height');
  if (width === null ? height !== null && height < smallest : width < smallest) return true;
  if (height !== null && height < smallest / 2) return true;
  const named = `${image.getAttribute('class') ?? ''} ${image.getAttribute('id') ?? ''}`;
  return /(?:^|[\s_-])(?:avatar|emoji|wp-smiley|icon|logo|gravatar)(?:$|[\s_-])/i.test(named);
}

function isTracker(url: string): boolean {
  const { hostname, pathname } = new URL(url);
  if (/(?:^|\.)(?:gravatar\.com|doubleclick\.net|google-analytics\.com|scorecardresearch\.com)$/.test(hostname))
    return true;
  return /\/(?:pixel|spacer|blank|transparent|1x1|avatar|emoji|logo|icon|loading|placeholder)(?:[_-][\w-]*)?\.\w+$/i.test(
    pathname,
  );
}

/** A size in pixels, from the attribute or the style; null when none is declared there. */
function pixels(image: HtmlElement, side: 'width' | 'height'): number | null {
  const style = new RegExp(`(?:^|[;\\s])${side}\\s*:\\s*(\\d+)(?:\\.\\d+)?px`, 'i').exec(
    image.getAttribute('style') ?? '',
  )?.[1];
  const attribute = /^\s*(\d{1,5})(?:\.\d+)?(?:px)?\s*$/.exec(image.getAttribute(side) ?? '')?.[1];
  const value = Number(attribute ?? style);
  return value > 0 ? value : null;
}
