/** Which file an `<img>` really shows. */
import { isPhotoAddress } from '#src/articles/photo-address.ts';
import { isDecoration, isDecorationFile, pixels } from '#src/articles/photo-decoration.ts';
import { baseOf, type HtmlElement, selectAll } from '#src/markup/html.ts';
import { absoluteUrl } from '#src/markup/html-text.ts';

const setAttributes = ['srcset', 'data-srcset', 'data-lazy-srcset', 'data-original-set', 'data-src-set'];
/** Where scripts that load pictures late keep the address, the full size first. */
const lazyAttributes = ['data-original', 'data-src', 'data-lazy-src', 'data-full-src', 'data-lazy', 'data-url'];
/** Other names for the same: `data-photo-original-src`, `data-hi-res-src`; `data-actualsrc`, `data-img`. */
const fullName = /^data-.*(?:orig|full|large|hi-?res|zoom|big)/;
const lateName = /^data-.*(?:src|img|image|echo|lazy)/;
const otherName = /set$|thumb|small|medium|low|lqip|placeholder|width|height|size|caption|title|alt|id$|link|share/;

export interface ImageSource {
  url: string;
  /** Pixels as declared for this very file; null when only the shown size is known. */
  width: number | null;
  height: number | null;
}

/** The largest file the markup offers; null for placeholders, trackers, icons, avatars and anything under 200 px. */
export function imageSource(image: HtmlElement, folder: string | null): ImageSource | null {
  if (isDecoration(image)) return null;
  const url = addressOf(image, folder);
  if (!url || isDecorationFile(url, pixels(image, 'width'))) return null;
  const base = baseOf(image.ownerDocument);
  const plain = image.getAttribute('src');
  const late = ['data-src', 'data-lazy-src', 'data-lazy'].map((name) => image.getAttribute(name));
  // Beside a placeholder the size is that of the file which is loaded late.
  const shown = photoUrl(plain, base, folder) === null ? late : [plain];
  const own = shown.some((address) => url === photoUrl(address, base, folder));
  return { url, width: own ? pixels(image, 'width') : null, height: own ? pixels(image, 'height') : null };
}

/** Null where only a script of the page knows what is shown. */
export function addressOf(image: HtmlElement, folder: string | null): string | null {
  const base = baseOf(image.ownerDocument);
  const link = image.closest('a')?.getAttribute('href') ?? '';
  const candidates = [
    largest(image),
    image.getAttribute('data-original'),
    ...named(image, fullName),
    ...lazyAttributes.map((name) => image.getAttribute(name)),
    ...named(image, lateName),
    isImageFile(link) ? link : null,
    image.getAttribute('src'),
  ];
  return candidates.map((candidate) => photoUrl(candidate, base, folder)).find((address) => address !== null) ?? null;
}

/** By its ending. */
export function isImageFile(address: string): boolean {
  // `/wiki/File:Photo.jpg` is a page about one.
  return /^(?:[a-z]+:)?[^:]*\.(?:jpe?g|png|webp|avif|tiff?)(?:$|[?#])/i.test(address);
}

function named(image: HtmlElement, pattern: RegExp): string[] {
  return [...image.attributes]
    .filter(({ name, value }) => pattern.test(name) && !otherName.test(name) && isImageFile(value))
    .map(({ value }) => value);
}

function largest(image: HtmlElement): string | null {
  const picture = image.closest('picture');
  // A file without a width that only narrow screens get is no larger than what the others get.
  const sources = (picture ? selectAll(picture, 'source') : []).filter(
    (source) => !(isForNarrow(source) && image.getAttribute('src')),
  );
  const files = [image, ...sources]
    .flatMap((element) => setAttributes.map((name) => element.getAttribute(name)))
    .flatMap((set) => readSrcset(set ?? ''));
  // Widths and densities cannot be compared: a width says more.
  const measured = files.filter(({ unit }) => unit === 'w');
  const [best] = (measured.length > 0 ? measured : files).toSorted((a, b) => b.size - a.size);
  // Another format of the size that `src` has.
  const isAlternative = best?.unit === 'x' && best.size <= 1 && !isSet(image) && (pixels(image, 'width') ?? 0) >= 600;
  // A link to a smaller one, in another format, beside the file that is shown.
  const isSmaller =
    best?.unit === 'w' &&
    !isSet(image) &&
    best.size < (pixels(image, 'width') ?? 0) &&
    isImageFile(image.getAttribute('src') ?? '');
  return isAlternative || isSmaller ? null : (best?.url ?? null);
}

function isForNarrow(source: HtmlElement): boolean {
  const isMeasured = setAttributes.some((name) => /\s\d+w\b/.test(source.getAttribute(name) ?? ''));
  return !isMeasured && /max-width/i.test(source.getAttribute('media') ?? '');
}

function isSet(image: HtmlElement): boolean {
  return setAttributes.some((name) => image.getAttribute(name));
}

interface SizedFile {
  url: string;
  size: number;
  unit: string;
}

// Addresses may hold commas, so the parts are told by the white space around them.
function readSrcset(set: string): SizedFile[] {
  const parts = set.matchAll(/(\S*[^\s,])(?:\s+([\d.]+)([wx]))?\s*(?:,|$)/g);
  return [...parts]
    .filter(([, url]) => !url?.startsWith('data:'))
    .map(([, url = '', size, unit = 'x']) => ({ url, size: Number(size ?? 1), unit }));
}

function photoUrl(address: string | null | undefined, base: string | null, folder: string | null): string | null {
  // `{width}`: a template that only the page's script can fill in.
  if (!address || /[{}]|%7B/i.test(address)) return null;
  const url = absoluteUrl(address, base) ?? URL.parse(address)?.href ?? null;
  return url && isPhotoAddress(url, folder) && !/\.svg(?:$|[?#])/i.test(url) ? url : null;
}
