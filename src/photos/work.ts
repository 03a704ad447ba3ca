/** The work sheet of one photo, handed from step to step. */
import type { PhotoFormat, Rendition } from '#src/core/rendition.ts';
import type { Pixels } from '#src/photos/decoder.ts';
import type { EmbeddedText, RenderRequest } from '#src/photos/request.ts';

/** What the steps know so far; each adds its part. */
export interface Work {
  readonly request: RenderRequest;
  /** The original's size as it is looked at, after orientation. */
  width: number;
  height: number;
  embedded: EmbeddedText;
  planned: PlannedRendition[];
  /** Null when none is asked for. */
  card: PlannedFile | null;
  /** Decoded as large as the largest file needs; null when every file stood there already. */
  pixels: Pixels | null;
  renditions: Rendition[];
  cardBytes: number | null;
}

export interface PlannedFile {
  path: string;
  /** Size of the file that stands there; null when it is to be made. */
  bytes: number | null;
}

export interface PlannedRendition extends PlannedFile {
  width: number;
  height: number;
  format: PhotoFormat;
}
