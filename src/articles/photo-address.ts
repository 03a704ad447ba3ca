import { isInside } from '#src/core/is-inside.ts';

/**
 * Whether a photo may stand at this address: on the web, or below the folder its article was dropped into. An article
 * off the network has no folder: it must not name files of this machine.
 */
export function isPhotoAddress(url: string, folder: string | null): boolean {
  return /^https?:$/.test(URL.parse(url)?.protocol ?? '') || (folder !== null && isInside(folder, url));
}
