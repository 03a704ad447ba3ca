/** Content management systems keep one photo in many sizes; the address tells that they are the same. */

/** Longer ones hold the picture itself (`data:`), or mean harm. */
const longest = 2000;
/** Each photo stands there in many sizes. */
const mostAddresses = 20_000;
const ends = /\.(?:jpe?g|png|webp|gif|avif|heic|tiff?)(?![\w-])/gi;

/** Whether a body shows this photo, in any size and from any host (own, CDN, image proxy). */
export function photoStandsIn(html: string, url: string): boolean {
  const wanted = fileOf(url);
  if (wanted === null) return false;
  return addressesIn(html)
    .take(mostAddresses)
    .some((address) => fileOf(address) === wanted);
}

function* addressesIn(html: string): Generator<string> {
  for (const [word] of html.matchAll(/[^\s"'()<>,=]+/g)) {
    if (word.length > longest) continue;
    let from = 0;
    for (const { 0: end, index } of word.matchAll(ends)) {
      yield word.slice(from, index + end.length);
      from = index + end.length;
    }
  }
}

// WordPress: `name-1024x683.jpg`, `name-scaled.jpg`, `name-e1700000000.jpg` (cropped there), `name.jpg.webp`.
const sizes = /(?:-\d{2,5}x\d{2,5}|-scaled|-rotated|-e\d{9,13}){1,9}$/;
const extensions = /(?:\.(?:jpe?g|png|webp|gif|avif|heic|tiff?)){1,9}$/i;

/** The end of the path, without what tells the size: months and folders keep files of the same name apart. */
function fileOf(address: string): string | null {
  const path = address.length > longest ? null : URL.parse(address, 'https://x.invalid/')?.pathname;
  if (!path) return null;
  // Ghost: `/content/images/size/w1200/format/webp/2026/11/name.jpg`.
  const parts = plain(path)
    .replace(/\/size\/w\d+(?:h\d+)?(?=\/)/, '')
    .replace(/\/format\/\w+(?=\/)/, '')
    .replace(extensions, '')
    .replace(sizes, '')
    .split('/')
    .filter(Boolean);
  return parts.length === 0 ? null : parts.slice(-3).join('/').toLowerCase();
}

function plain(path: string): string {
  try {
    return decodeURIComponent(path).normalize('NFC');
  } catch {
    return path;
  }
}
