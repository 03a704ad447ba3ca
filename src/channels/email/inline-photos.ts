/** Photos inside a mail: for hundreds of readers the ledger keeps their names, not their bytes. */
import { createHash } from 'node:crypto';
import type { ChannelTools } from '#src/channels/channel.ts';
import type { Post } from '#src/core/post.ts';
import { NotPrepared } from '#src/core/send-result.ts';

export interface InlinePhoto {
  /** Its name in the file store. */
  file: string;
  cid: string;
  type: string;
  bytes: Uint8Array;
}

/** A mail's bytes, photos inside it by name. */
export type RawPiece = string | { photo: string; sha256: string };

/** Together, before they are encoded. */
const mostBytes = 1024 * 1024;

/** Those that fit, in their order; the others are loaded from the web. */
export async function chooseInline({ photos }: Post, id: string, tools: ChannelTools): Promise<InlinePhoto[]> {
  const chosen: InlinePhoto[] = [];
  let left = mostBytes;
  for (const [index, { file, type }] of photos.entries()) {
    if (!/^image\/(jpeg|png|gif)$/.test(type)) continue;
    const bytes = await tools.photo(file);
    if (!bytes || bytes.length > left) continue;
    left -= bytes.length;
    chosen.push({ file, cid: `p${index}.${id}`, type, bytes });
  }
  return chosen;
}

/** The mail with each photo's lines replaced by its name. */
export function withoutPhotos(raw: string, photos: readonly InlinePhoto[]): RawPiece[] {
  const pieces: RawPiece[] = [];
  let rest = raw;
  for (const { file, bytes } of photos) {
    const lines = encoded(bytes);
    const at = rest.indexOf(lines);
    if (at < 0) continue;
    pieces.push(rest.slice(0, at), { photo: file, sha256: hash(bytes) });
    rest = rest.slice(at + lines.length);
  }
  return [...pieces, rest];
}

/** The whole again. Throws `NotPrepared` when a photo is not what it was: then the mail is made anew. */
export async function withPhotos(raw: readonly RawPiece[], tools: ChannelTools): Promise<Buffer> {
  const pieces: string[] = [];
  for (const piece of raw) {
    if (typeof piece === 'string') {
      pieces.push(piece);
      continue;
    }
    const bytes = await tools.photo(piece.photo);
    if (!bytes || hash(bytes) !== piece.sha256) {
      const reason = 'a photo inside the mail has changed: it is written anew';
      throw new NotPrepared({ kind: 'notSent', reason, prepareAgain: true });
    }
    pieces.push(encoded(bytes));
  }
  return Buffer.from(pieces.join(''), 'latin1');
}

/** RFC 2045: lines of 76. */
const encoded = (bytes: Uint8Array) =>
  Buffer.from(bytes)
    .toString('base64')
    .replace(/.{76}(?=.)/g, '$&\r\n');

const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
