/** What a file is, told by its first bytes: names and content types lie. */

export type PhotoKind = 'jpeg' | 'png' | 'webp' | 'avif' | 'gif';

export type KindFinding = { kind: PhotoKind } | { kind: null; reason: string };

/** Bytes that are enough to tell. */
export const headBytes = 1024;

const askDesk = 'ask the desk for a JPEG or PNG';

/** Looks at the first `headBytes` bytes of a file. What is not accepted is named, with what to do about it. */
export function detectKind(head: Uint8Array): KindFinding {
  if (head.length === 0) return { kind: null, reason: 'The file is empty (0 bytes)' };
  const latin = Buffer.from(head.subarray(0, headBytes)).toString('latin1');
  const accepted = acceptedKind(latin);
  if (accepted) return { kind: accepted };
  return { kind: null, reason: `${refusal(latin)}; ${askDesk}` };
}

function acceptedKind(latin: string): PhotoKind | null {
  if (latin.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (latin.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (latin.startsWith('RIFF') && latin.startsWith('WEBP', 8)) return 'webp';
  if (/^GIF8[79]a/.test(latin)) return 'gif';
  if (brands(latin).some((brand) => brand === 'avif' || brand === 'avis')) return 'avif';
  return null;
}

function refusal(latin: string): string {
  const text = latin.replace(/^\xef\xbb\xbf/, '').trimStart();
  if (/<svg[\s>]/i.test(text) || /^<\?xml.*<!doctype svg/is.test(text)) {
    return 'SVG pictures are not accepted: they may carry scripts';
  }
  if (/^<(!doctype html|html|head|body|!--|script)/i.test(text))
    return 'The address answered with a web page, not a picture';
  const container = brands(latin);
  if (container.some((brand) => /^(hei[cxms]|hev[cxms])$/.test(brand))) {
    return 'HEIC pictures (as iPhones store them) are not accepted: the codec is not free to use';
  }
  if (container.length > 0) return 'Videos and other media containers are not accepted as photos';
  const known = refusedSignatures.find(([signature]) => signature.test(latin));
  return known
    ? `${known[1]} are not accepted as photos`
    : 'The file is not a picture Loa knows (JPEG, PNG, WebP, AVIF or GIF)';
}

/** Major and compatible brands of an ISO media file (AVIF, HEIC, MP4), as its `ftyp` box lists them. */
function brands(latin: string): string[] {
  if (!latin.startsWith('ftyp', 4)) return [];
  const end = Math.min((latin.charCodeAt(2) << 8) | latin.charCodeAt(3), latin.length);
  const list = latin.slice(8, 12) + latin.slice(16, Math.max(end, 16));
  return list.match(/.{4}/gs) ?? [];
}

const refusedSignatures: [RegExp, string][] = [
  [/^(II\*\0|MM\0\*|II\+\0|MM\0\+)/, 'TIFF and camera raw pictures'],
  [/^%PDF/, 'PDF documents'],
  [/^(PK\x03\x04|PK\x05\x06|Rar!|7z\xbc\xaf|\x1f\x8b)/, 'Archives and office documents'],
  [/^\xd0\xcf\x11\xe0/, 'Office documents'],
  [/^8BPS/, 'Photoshop files'],
  [/^BM/, 'BMP pictures'],
  [/^\0\0\x01\0/, 'Icons'],
  [/^(\xff\x0a|\0\0\0\x0cJXL )/, 'JPEG XL pictures'],
  [/^(\0\0\0\x0cjP {2}|\xff\x4f\xff\x51)/, 'JPEG 2000 pictures'],
  [/^(ID3|OggS|RIFF)/, 'Sound and video files'],
];
